// Narrowing a table down, without a page: entries and a state → which are shown, in which order, as which CSV and address.
window.guide = window.guide || {};
guide.directoryCore = (() => {
  "use strict";

  const MOST = 4;
  const { fold } = guide.searchCore;
  const words = (text) => fold(text).split(/\s+/).filter(Boolean);
  const empty = () => ({ q: "", facets: {}, sort: "", down: false, picks: [], side: false });

  /** Which of `entries` ({text: folded, has: {facet: [values]}}) a state lets through; an option counts what it would give. */
  function select(entries, state) {
    const asked = words(state.q);
    const chosen = Object.entries(state.facets).filter(([, values]) => values.length);
    const counts = {};
    const shown = entries.map((entry) => {
      if (!asked.every((word) => entry.text.includes(word))) return false;
      const failed = chosen.filter(([id, values]) => !(entry.has[id] || []).some((value) => values.includes(value)));
      if (failed.length > 1) return false;
      for (const id of failed.length ? [failed[0][0]] : Object.keys(entry.has)) {
        const of = (counts[id] = counts[id] || {});
        for (const value of entry.has[id] || []) of[value] = (of[value] || 0) + 1;
      }
      return !failed.length;
    });
    return { shown, counts, n: shown.filter(Boolean).length };
  }

  /** Places in the order of their values: figures by size, dates by time, words as the language has it; blanks last. */
  function order(values, sort, down, lang) {
    const collator = new Intl.Collator(lang, { numeric: true });
    const keys = sort === "number" ? values.map((value) => (value === "" ? NaN : Number(value))) : values;
    const blank = (key) => key === "" || Number.isNaN(key);
    const compare = sort === "number" ? (a, b) => a - b
      : sort === "date" ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : collator.compare;
    return keys.map((_, at) => at).sort((a, b) => {
      if (blank(keys[a]) || blank(keys[b])) return blank(keys[a]) - blank(keys[b]) || a - b;
      return (down ? -1 : 1) * compare(keys[a], keys[b]) || a - b;
    });
  }

  /** A cell in quotes where it needs them; one that a spreadsheet would take for a formula begins with an apostrophe. */
  function field(text) {
    const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  /** Rows of texts as CSV, with the mark by which Excel knows the encoding. */
  const csv = (rows) => `\ufeff${rows.map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;

  /** What an address says of a table's state: "#?q=h100&maker=nvidia&sort=-memory&pick=a&pick=b&side=1"; null if nothing. */
  function read(hash, prefix, known) {
    if (!hash.startsWith("#?")) return null;
    const given = new URLSearchParams(hash.slice(2));
    const one = (name) => given.get(prefix + name) || "";
    const facets = {};
    for (const [id, values] of Object.entries(known)) {
      const asked = given.getAll(prefix + id).filter((value) => values.includes(value));
      if (asked.length) facets[id] = asked;
    }
    const sort = one("sort");
    return {
      q: one("q"), facets, sort: sort.replace(/^-/, ""), down: sort.startsWith("-"),
      picks: [...new Set(given.getAll(`${prefix}pick`))].slice(0, MOST), side: one("side") === "1",
    };
  }

  /** The address's end for a state; what other tables of the page wrote there stays. */
  function write(hash, prefix, state, known) {
    const given = new URLSearchParams(hash.startsWith("#?") ? hash.slice(2) : "");
    for (const name of ["q", "sort", "pick", "side", ...Object.keys(known)]) given.delete(prefix + name);
    if (state.q) given.set(`${prefix}q`, state.q);
    for (const [id, values] of Object.entries(state.facets)) for (const value of values) given.append(prefix + id, value);
    if (state.sort) given.set(`${prefix}sort`, (state.down ? "-" : "") + state.sort);
    for (const id of state.picks) given.append(`${prefix}pick`, id);
    if (state.side) given.set(`${prefix}side`, "1");
    return given.size === 0 || !`${given}` ? "" : `#?${given}`;
  }

  return { MOST, empty, fold, select, order, csv, read, write };
})();

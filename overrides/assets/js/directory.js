// Directories and wide tables: filter, facets, sorting, comparison and CSV over what the page already holds.
window.guide = window.guide || {};
guide.directory = (() => {
  "use strict";

  const core = guide.directoryCore;
  const FIRST = 100;
  const LANG = document.documentElement.lang;
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** What a cell says, without the marks of its sources. */
  function plain(cell) {
    let copy = cell;
    if (cell.querySelector("sup.src, .none, input")) {
      copy = cell.cloneNode(true);
      for (const mark of copy.querySelectorAll("sup.src, .none")) mark.remove();
    }
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /** A copy of what a cell holds, without ids and controls. */
  function copied(cell) {
    const copy = cell.cloneNode(true);
    for (const node of copy.querySelectorAll("input")) node.remove();
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
    return [...copy.childNodes];
  }

  function start(root, prefix) {
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    const [text, more, status, compare, clear, side] = ["text", "more", "status", "compare", "clear", "side"].map(part);
    const form = root.querySelector(".finder");
    const body = root.querySelector("table[data-rows] > tbody");
    const heads = body ? [...body.parentNode.tHead.rows[0].cells] : [];
    const columns = heads.map((head) => head.dataset.column);
    const cards = [...root.querySelectorAll(".entry")];
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const known = {};
    for (const box of boxes) (known[box.name] = known[box.name] || []).push(box.value);
    const item = (row, card) => {
      const holder = row || card;
      const has = {};
      for (const id of Object.keys(known)) {
        const value = holder.getAttribute(`data-has-${id}`);
        if (value) has[id] = value.split("|");
      }
      return { id: row ? row.dataset.id : card.id, row, card, has, pick: null, text: null, shown: true };
    };
    const items = body
      ? [...body.rows].map((row) => item(row, row.dataset.id ? document.getElementById(`entry-${row.dataset.id}`) : null))
      : cards.map((card) => item(null, card));
    const byId = new Map(items.map((one) => [one.id, one]));
    let state = core.empty();
    let sorted = "false";
    let ordered = items;
    let waiting = 0;

    /** The text of each entry, read when it is first asked for. */
    function prepare() {
      if (items.length && items[0].text !== null) return;
      for (const one of items) {
        const cells = one.row ? [...one.row.cells] : [];
        const texts = [...cells, ...(one.card ? [one.card] : [])].map(plain);
        one.text = core.fold([...texts, (one.card && one.card.dataset.also) || ""].join(" "));
      }
    }

    const raw = (cell, head) => (head.dataset.sort ? cell.dataset.sort || "" : plain(cell));

    function sort() {
      const key = `${state.sort}${state.down}`;
      if (!body || key === sorted) return;
      sorted = key;
      const at = columns.indexOf(state.sort);
      const order = at < 0 ? items.map((_, place) => place)
        : core.order(items.map((one) => raw(one.row.cells[at], heads[at])), heads[at].dataset.sort, state.down, LANG);
      ordered = order.map((place) => items[place]);
      heads.forEach((head, place) => {
        if (place === at) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    }

    function choose(head, column) {
      const first = Boolean(head.dataset.sort);
      if (state.sort !== column) Object.assign(state, { sort: column, down: first });
      else if (state.down === first) state.down = !first;
      else Object.assign(state, { sort: "", down: false });
      update();
    }

    /** Only rows that are to be seen stand in the table: the first at once, the rest piecemeal, as laying out takes long. */
    function showRows(most = FIRST) {
      const rows = ordered.filter((one) => one.shown).map((one) => one.row);
      const append = (from) => {
        body.append(...rows.slice(from, from + FIRST));
        if (from + FIRST < rows.length) waiting = setTimeout(append, 0, from + FIRST);
      };
      clearTimeout(waiting);
      if (rows.length === body.rows.length && rows.every((row, at) => row === body.rows[at])) return;
      body.replaceChildren(...rows.slice(0, most));
      if (rows.length > most) waiting = setTimeout(append, 0, most);
    }

    function showCards() {
      for (const one of items) if (one.card) one.card.hidden = !one.shown;
      for (const group of root.querySelectorAll("[data-group]")) {
        group.hidden = !group.querySelector(".entry:not([hidden])");
        const link = root.querySelector(`.directory__jump [href$="#group-${group.dataset.group}"]`);
        if (link) link.hidden = group.hidden;
      }
    }

    function showPicks() {
      const full = state.picks.length >= core.MOST;
      for (const one of items) {
        if (!one.pick) continue;
        one.pick.checked = state.picks.includes(one.id);
        one.pick.disabled = full && !one.pick.checked;
      }
      const isOpen = state.side && state.picks.length > 1;
      compare.disabled = state.picks.length < 2;
      compare.textContent = say(root.dataset.compare, { n: state.picks.length });
      compare.setAttribute("aria-expanded", isOpen);
      side.hidden = !isOpen;
      side.replaceChildren(...(isOpen ? [sideBySide(state.picks.map((id) => byId.get(id)))] : []));
    }

    /** The chosen entries as columns: the cells that the page holds, and our judgement. */
    function sideBySide(chosen) {
      const line = (label, cells) => element("tr", {}, element("th", { scope: "row" }, label),
        ...cells.map((nodes) => element("td", {}, ...nodes)));
      const [corner, ...names] = heads;
      const top = element("tr", {}, element("th", { scope: "col" }, corner.textContent),
        ...chosen.map((one) => element("th", { scope: "col" }, ...copied(one.row.cells[0]))));
      const lines = names.map((head, at) => line(head.textContent, chosen.map((one) => copied(one.row.cells[at + 1]))));
      const opinions = chosen.map((one) => one.card && one.card.querySelector("details"));
      if (opinions.every(Boolean)) {
        lines.push(line(opinions[0].querySelector("summary").textContent,
          opinions.map((opinion) => copied(opinion.querySelector("p")))));
      }
      const table = element("table", { class: "compare" }, element("caption", {}, root.dataset.side),
        element("thead", {}, top), element("tbody", {}, ...lines));
      return element("div", { class: "table-wrap", tabindex: 0, role: "region", "aria-label": root.dataset.side }, table);
    }

    function show() {
      prepare();
      const { shown, counts, n } = core.select(items, state);
      items.forEach((one, at) => (one.shown = shown[at]));
      sort();
      if (body) showRows();
      if (cards.length) showCards();
      for (const box of boxes) {
        const chosen = state.facets[box.name] || [];
        const count = (counts[box.name] || {})[box.value] || 0;
        box.checked = chosen.includes(box.value);
        const label = box.closest("label");
        label.querySelector("span").textContent = count;
        label.classList.toggle("is-none", !count && !box.checked);
      }
      if (text.value !== state.q) text.value = state.q;
      if (compare) showPicks();
      const said = say(root.dataset.shown, { n, all: items.length });
      if (status.textContent !== said) status.textContent = said;
      clear.disabled = !core.write("", "", state, known);
    }

    /** Show the state and write it into the address. */
    function update() {
      show();
      const end = core.write(location.hash, prefix, state, known);
      if (end || location.hash.startsWith("#?")) history.replaceState(history.state, "", end || location.href.split("#")[0]);
    }

    /** Take the state from the address; a link to an entry that is not shown shows all. */
    function follow() {
      const given = core.read(location.hash, prefix, known);
      const target = !given && location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (given) {
        state = { ...given, picks: given.picks.filter((id) => byId.has(id) && byId.get(id).pick) };
        if (!columns.includes(state.sort)) Object.assign(state, { sort: "", down: false });
        show();
      } else if (target && root.contains(target) && target.closest("[hidden]")) {
        state = core.empty();
        show();
        target.scrollIntoView();
      }
    }

    function save() {
      const label = (head) => head.textContent + (head.dataset.unit ? ` (${head.dataset.unit})` : "");
      const value = (cell, head) => {
        const figure = head.dataset.unit || head.dataset.sort === "date";
        return (figure && (cell.dataset.csv || cell.dataset.sort)) || plain(cell);
      };
      const named = (id, values = []) => boxes.filter((box) => box.name === id && values.includes(box.value))
        .map((box) => box.nextSibling.textContent.trim()).join("; ");
      const facets = Object.keys(known);
      const legends = [...form.querySelectorAll("legend")].map((legend) => legend.textContent);
      const kept = ordered.filter((one) => one.shown);
      const rows = body ? kept.map(({ row }) => heads.map((head, at) => value(row.cells[at], head)))
        : kept.map((one) => [plain(one.card.querySelector(".entry__name")), ...facets.map((id) => named(id, one.has[id]))]);
      const top = body ? heads.map(label) : [root.dataset.name, ...legends];
      const url = URL.createObjectURL(new Blob([core.csv([top, ...rows])], { type: "text/csv;charset=utf-8" }));
      element("a", { href: url, download: `${root.dataset.finder}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    function pickable(one) {
      const [head] = one.row.cells;
      one.pick = element("input", { type: "checkbox", "aria-label": say(root.dataset.pick, { name: plain(head) }) });
      one.pick.addEventListener("change", () => {
        state.picks = one.pick.checked ? [...state.picks, one.id] : state.picks.filter((id) => id !== one.id);
        state.side = state.side && state.picks.length > 1;
        update();
      });
      head.prepend(one.pick);
    }

    for (const [at, head] of heads.entries()) {
      const button = element("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => choose(head, columns[at]));
      head.append(button);
    }
    if (compare) {
      items.forEach(pickable);
      compare.addEventListener("click", () => {
        state.side = !state.side;
        update();
        if (state.side) side.querySelector("[tabindex]").focus();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    if (body) addEventListener("beforeprint", () => showRows(Infinity));
    form.addEventListener("focusin", prepare, { once: true });
    text.addEventListener("input", () => {
      state.q = text.value;
      update();
    });
    form.addEventListener("change", ({ target }) => {
      if (target === text) return;
      const others = (state.facets[target.name] || []).filter((value) => value !== target.value);
      state.facets[target.name] = target.checked ? [...others, target.value] : others;
      update();
    });
    if (more) more.addEventListener("click", () => more.setAttribute("aria-expanded", more.getAttribute("aria-expanded") !== "true"));
    clear.addEventListener("click", () => {
      state = core.empty();
      update();
      text.focus();
    });
    part("csv").addEventListener("click", save);
    addEventListener("hashchange", follow);
    follow();
    root.dataset.ready = "";
  }

  const roots = [...document.querySelectorAll("[data-finder]")];
  for (const [at, root] of roots.entries()) start(root, at ? `${root.dataset.finder}.` : "");
  return { start };
})();

// Search without a page: a query and the data of a language → ranked results. No function here touches the document.
window.guide = window.guide || {};
guide.searchCore = (() => {
  "use strict";

  const HAN = "\\p{Script=Han}〇々";
  const TOKEN = new RegExp(`[${HAN}]+|[\\p{L}\\p{N}]+(?:[._/'’-]+[\\p{L}\\p{N}]+)*[+#]*`, "gu");
  const PART = new RegExp(`[${HAN}]+|[^${HAN}]+`, "gu");
  const IS_HAN = new RegExp(`^[${HAN}]`, "u");
  const LETTER = "a-z0-9\\u00df-\\u024f\\u0370-\\u052f";
  const JOINTS = /[\s._/'’·-]+/g;

  const SCORE = {
    name: { exact: 400, prefix: 120, words: 60 },
    alias: { exact: 300, prefix: 80, words: 40 },
    heading: 24, headingExact: 40, phrase: 12, text: 4, page: 6, pageExact: 14, optional: 2,
  };

  /** Text in one case, without accents and full-width forms; every character keeps its place. */
  function fold(text) {
    return text.replace(/[^\x00-\x7f\u4e00-\u9fff]/g, (char) => {
      const plain = char.normalize("NFKD").replace(/\p{M}/gu, "");
      return plain.length === 1 ? plain : char;
    }).toLowerCase();
  }

  /** A folded name without blanks, points and hyphens, for comparing whole names. */
  const squeeze = (text) => fold(text).replace(JOINTS, "");

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

  /** The pattern of a word or its beginning, whatever joins its parts: llamacpp, llama.cpp, llama cpp. */
  function pattern(word) {
    if (/^[\d.,]+$/.test(word)) return escape(word);
    const chars = [...word.replace(JOINTS, "")];
    const plural = chars.length > 3 && chars.at(-1) === "s" && chars.at(-2) !== "s";
    if (plural) chars.pop();
    const wide = chars.length >= 6 || chars.length < [...word].length;
    const joined = chars.map((char, at) => {
      const edge = at && /\d/.test(char) !== /\d/.test(chars[at - 1]);
      return (at ? (wide || edge ? "[ ._/'’-]?" : "[._/'’-]?") : "") + escape(char);
    }).join("");
    return plural ? `${joined}(?:s|(?![${LETTER}]))` : joined;
  }

  /** What finds one word of a query: `at(text, from)` gives [start, end] or null, in folded text. */
  function matcher(word) {
    if (IS_HAN.test(word)) {
      const at = (text, from = 0) => {
        const start = text.indexOf(word, from);
        return start < 0 ? null : [start, start + word.length];
      };
      return { word, at, optional: [...word].length === 1 };
    }
    const regex = new RegExp(`(^|[^${LETTER}])${pattern(word)}`, "g");
    const at = (text, from = 0) => {
      regex.lastIndex = from;
      const found = regex.exec(text);
      return found && [found.index + found[1].length, regex.lastIndex];
    };
    return { word, at, optional: false };
  }

  /** The words of a folded query: runs of Han characters, and words of letters and digits (c++ keeps its signs). */
  const split = (text) => (text.match(TOKEN) || [])
    .flatMap((token) => token.match(PART))
    .map((word) => (/^[a-z][+#]+$/.test(word) ? word : word.replace(/[+#]+$/, "")))
    .filter((word) => word.replace(JOINTS, ""));

  /** A query as words, all of which must be found unless `optional`; null where it says nothing. */
  function parse(query) {
    const parts = split(fold(query.normalize("NFC")));
    if (!parts.length) return null;
    const words = parts.map(matcher);
    const alone = words.every((word) => word.optional);
    for (const word of words) word.optional = word.optional && !alone;
    for (let from = 0, to; from < words.length; from = Math.max(to, from + 1)) {
      for (to = from; to < words.length && !IS_HAN.test(parts[to]);) to++;
      const joined = to - from > 1 ? matcher(parts.slice(from, to).join(" ")) : null;
      for (let at = from; joined && at < to; at++) words[at].joined = joined;
    }
    const phrase = parts.map((part) => (IS_HAN.test(part) ? part : pattern(part))).join("[ ._/·'’-]*");
    return { words, squeezed: squeeze(query), phrase: new RegExp(parts.length > 1 ? phrase : "(?!)") };
  }

  /** Whether a word stands in a folded text, by itself or as a part of the words beside it in the query. */
  const has = (word, text) => Boolean(word.at(text) || (word.joined && word.joined.at(text)));

  /** Whether a word stands in a name; names are few, so a longer word counts also inside (torch finds PyTorch). */
  const named = (word, name) =>
    has(word, name.folded) || (word.word.length > 2 && name.squeezed.includes(word.word.replace(JOINTS, "")));

  /** What a word earns a block by standing in a name of its page; 0 where it does not. */
  const scoreNamed = (word, page) => page.names.reduce((best, name) => Math.max(best,
    !named(word, name) ? 0 : name.squeezed === word.word.replace(JOINTS, "") ? SCORE.pageExact : SCORE.page), 0);

  /** The data of a language, folded once. */
  function prepare(data) {
    const pages = data.pages.map((page) => ({
      ...page,
      names: [page.t, ...(page.n || [])].map((name) => ({ folded: fold(name), squeezed: squeeze(name) })),
    }));
    const blocks = data.blocks.map((block) => ({
      p: block.p, a: block.a || "", h: block.h || "", x: block.x || "",
      heading: fold(block.h || ""), text: fold(block.x || ""),
    }));
    return { lang: data.lang, kinds: data.kinds, pages, blocks };
  }

  /** How well a page's names answer the whole query; 0 where they do not. */
  function scoreNames(page, query) {
    let best = 0;
    page.names.forEach((name, at) => {
      const score = at ? SCORE.alias : SCORE.name;
      const given = query.squeezed;
      if (given && name.squeezed === given) best = Math.max(best, score.exact);
      else if (given.length > 1 && name.squeezed.startsWith(given)) best = Math.max(best, score.prefix);
      else if (query.words.every((word) => named(word, name))) {
        best = Math.max(best, score.words - Math.min(name.folded.length, 60) / 4);
      }
    });
    return best;
  }

  /** How well a block answers, with the help of its page's names; 0 where a word is missing. */
  function scoreBlock(block, query, inNames) {
    let score = 0;
    let own = false;
    for (const [at, word] of query.words.entries()) {
      const field = block.heading && has(word, block.heading) ? "heading" : has(word, block.text) ? "text" : "";
      if (!field && !inNames[at] && !word.optional) return 0;
      if (field || inNames[at]) score += word.optional ? SCORE.optional : field ? SCORE[field] : inNames[at];
      own = own || (field && !word.optional);
    }
    if (!own) return 0;
    if (block.heading && squeeze(block.heading) === query.squeezed) score += SCORE.headingExact;
    if (query.phrase.test(block.heading) || query.phrase.test(block.text)) score += SCORE.phrase;
    return score + 4 / (1 + block.text.length / 80);
  }

  /** Results of a query, best first, grouped by page: {hits: [{page, score, blocks}], kinds: {kind: number}, total}. */
  function find(index, text, kind = "") {
    const query = parse(text);
    if (!query) return { hits: [], kinds: {}, total: 0, query: null };
    const found = new Map();
    const inNames = index.pages.map((page) => query.words.map((word) => scoreNamed(word, page)));
    index.pages.forEach((page, at) => {
      const score = scoreNames(page, query);
      if (score) found.set(at, { page, names: score, best: 0, blocks: [] });
    });
    for (const block of index.blocks) {
      const score = scoreBlock(block, query, inNames[block.p]);
      if (!score) continue;
      const hit = found.get(block.p) || { page: index.pages[block.p], names: 0, best: 0, blocks: [] };
      found.set(block.p, hit);
      hit.best = Math.max(hit.best, score);
      hit.blocks.push({ block, score });
    }
    const kinds = {};
    for (const { page } of found.values()) kinds[page.k] = (kinds[page.k] || 0) + 1;
    const hits = [...found.values()].filter(({ page }) => !kind || page.k === kind);
    for (const hit of hits) {
      hit.score = hit.names + hit.best;
      hit.blocks.sort((a, b) => b.score - a.score);
    }
    hits.sort((a, b) => b.score - a.score || a.page.t.length - b.page.t.length);
    return { hits, kinds, total: found.size, query };
  }

  /** Where the words of a query stand in a text: [[start, end], …], in order, without overlaps. */
  function marks(text, query) {
    const folded = fold(text);
    const spans = [];
    const all = query.words.flatMap((word) => (word.joined ? [word.joined, word] : [word]));
    for (const { at } of new Set(all)) {
      for (let span = at(folded); span && spans.length < 400; span = at(folded, Math.max(span[1], span[0] + 1))) {
        spans.push(span);
      }
    }
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return spans.reduce((kept, span) => {
      if (!kept.length || span[0] >= kept.at(-1)[1]) kept.push(span);
      return kept;
    }, []);
  }

  const columns = (text) => [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 2 : 1), 0);

  /** A piece of text round the best match, as [{text, marked}, …]; the whole text where `width` is 0. */
  function snippet(text, query, width = 0) {
    const spans = marks(text, query);
    const phrase = query.phrase.exec(fold(text));
    const first = phrase ? phrase.index : (spans[0] || [0])[0];
    let start = 0;
    let end = text.length;
    if (width && columns(text) > width) {
      start = first;
      for (let room = width / 4; start > 0 && room > 0; start--) room -= columns(text[start - 1]);
      if (start < 8) start = 0;
      while (start > 0 && start < first && /[\w'’-]/.test(text[start - 1]) && /[\w'’-]/.test(text[start])) start++;
      while (start > 0 && start < first && /[\s，。；：、）”,.;:)·]/.test(text[start])) start++;
      end = start;
      for (let room = width; end < text.length && room > 0; end++) room -= columns(text[end]);
      while (end < text.length && end > first + 1 && /\w/.test(text[end - 1]) && /\w/.test(text[end])) end--;
    }
    if (/[\udc00-\udfff]/.test(text[start] || "")) start--;
    if (/[\udc00-\udfff]/.test(text[end] || "")) end++;
    const pieces = [];
    const put = (from, to, marked) => to > from && pieces.push({ text: text.slice(from, to), marked });
    let at = start;
    for (const [from, to] of spans) {
      if (to <= start || from >= end) continue;
      put(at, Math.max(from, start), false);
      put(Math.max(from, start), Math.min(to, end), true);
      at = Math.min(to, end);
    }
    put(at, end, false);
    if (start > 0) pieces.unshift({ text: "… ", marked: false });
    if (end < text.length) pieces.push({ text: " …", marked: false });
    return pieces;
  }

  return { fold, squeeze, parse, prepare, find, marks, snippet };
})();

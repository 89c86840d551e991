// The search dialog: opens by button, "/" and Ctrl/⌘ K; a list of links in which the focus itself moves.
window.guide = window.guide || {};
guide.search = (() => {
  "use strict";

  const dialog = document.getElementById("search-dialog");
  const core = guide.searchCore;
  const indexes = {};
  const waiting = {};
  const receive = (lang, data) => (indexes[lang] = core.prepare(data));
  if (!dialog) return { receive };

  const PAGES = 20;
  const BLOCKS = 3;
  const part = (name) => dialog.querySelector(`[data-part=${name}]`);
  const [input, status, facets, list, start] = ["query", "status", "facets", "results", "start"].map(part);
  const languages = [...dialog.querySelectorAll("[data-lang]")];
  const own = document.documentElement.lang.slice(0, 2);
  const state = { lang: own, kind: "", pages: PAGES, whole: new Set() };
  const root = new URL(dialog.dataset.root.replace(/\/?$/, "/"), location.href);

  const say = (key, values = {}) =>
    dialog.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** Load the data of a language once; from a script, since a page on a disk may fetch nothing. */
  function load(lang) {
    waiting[lang] = waiting[lang] || new Promise((resolve, reject) => {
      const script = element("script", { src: new URL(`search/${lang}.js`, root) });
      script.onload = () => (indexes[lang] ? resolve(indexes[lang]) : reject());
      script.onerror = reject;
      document.head.append(script);
    }).catch(() => {
      delete waiting[lang];
      return null;
    });
    return waiting[lang];
  }

  async function update() {
    const text = input.value.trim();
    const lang = state.lang;
    for (const button of languages) button.setAttribute("aria-pressed", button.dataset.lang === lang);
    start.hidden = Boolean(text);
    if (!indexes[lang]) status.textContent = say("loading");
    const index = indexes[lang] || await load(lang);
    if (lang !== state.lang || text !== input.value.trim()) return;
    if (index) show(core.find(index, text, state.kind), index, text);
    else status.textContent = say("failed");
  }

  function show(result, index, text) {
    const shown = result.hits.slice(0, state.pages);
    const rest = result.hits.length - shown.length;
    const nothing = text && result.query && !result.total;
    list.replaceChildren(...shown.map((hit, at) => entry(hit, result.query, index, at)));
    if (rest) {
      const label = say("more", { n: Math.min(rest, PAGES) });
      last(button(label, () => (state.pages += PAGES), () => list.children[shown.length].querySelector("a")));
    }
    if (nothing) last(button(say("elsewhere"), turn, () => input));
    showFacets(result, index);
    status.textContent = !text || !result.query ? ""
      : result.hits.length ? say("found", { n: result.hits.length })
      : say(nothing ? "none" : "noneKind", { q: text });
  }

  const last = (made) => list.append(element("li", { class: "search__last" }, made));

  /** A button in the list that changes the state; the focus then goes to `next()`. */
  function button(label, change, next) {
    const made = element("button", { type: "button", class: "search__button" }, label);
    made.addEventListener("click", async () => {
      change();
      await update();
      (next() || input).focus();
    });
    return made;
  }

  function showFacets({ kinds, total }, index) {
    const known = Object.keys(index.kinds).filter((kind) => kinds[kind]);
    const needed = known.length > 1 || (state.kind && total);
    const all = [["", say("all"), total], ...known.map((kind) => [kind, index.kinds[kind], kinds[kind]])];
    facets.replaceChildren(...(needed ? all : []).map(([kind, label, count]) => {
      const made = element("button", { type: "button", "aria-pressed": kind === state.kind },
        label, " ", element("span", {}, count));
      made.addEventListener("click", () => choose(kind));
      return made;
    }));
  }

  async function choose(kind) {
    reset(kind);
    await update();
    const pressed = facets.querySelector("[aria-pressed=true]");
    (pressed || input).focus();
  }

  function reset(kind = "") {
    Object.assign(state, { kind, pages: PAGES, whole: new Set() });
    list.scrollTop = 0;
  }

  /** Turn to the other language, or to a given one; the query stays. */
  function turn(lang) {
    state.lang = typeof lang === "string" ? lang : languages.find((b) => b.dataset.lang !== state.lang).dataset.lang;
    reset();
    return update();
  }

  const href = (page, anchor = "") => {
    const url = new URL(page.u, root);
    if (anchor) url.hash = anchor;
    return url.href;
  };

  const marked = (text, query, width) =>
    core.snippet(text, query, width).map((piece) => (piece.marked ? element("mark", {}, piece.text) : piece.text));

  /** A page with the places in it where the words stand; `at` is its place in the list. */
  function entry(hit, query, index, at) {
    const { page } = hit;
    const anchor = page.u.split("#")[1] || "";
    const lead = hit.blocks.find(({ block }) => block.a === anchor && !block.h);
    const first = () => index.blocks.find((block) => index.pages[block.p] === page);
    const opening = lead ? lead.block : hit.names ? first() : null;
    const places = hit.blocks.filter((found) => found !== lead);
    const shown = state.whole.has(page.u) ? places : places.slice(0, BLOCKS);
    const title = element("a", { class: "search__page", href: href(page), lang: state.lang },
      element("span", { class: "search__title" }, ...marked(page.t, query, 0)),
      element("span", { class: "search__kind" }, index.kinds[page.k]),
      ...(opening ? [element("span", { class: "search__text" }, ...marked(opening.x, query, 150))] : []));
    const made = element("li", {}, title, ...shown.map(({ block }) => place(page, block, query)));
    if (shown.length < places.length) {
      const label = say("moreHere", { n: places.length - shown.length });
      const next = () => list.children[at].querySelectorAll("a")[1 + shown.length];
      made.append(button(label, () => state.whole.add(page.u), next));
    }
    return made;
  }

  const place = (page, block, query) =>
    element("a", { class: "search__place", href: href(page, block.a), lang: state.lang },
      ...(block.h ? [element("span", { class: "search__heading" }, ...marked(block.h, query, 0))] : []),
      element("span", { class: "search__text" }, ...marked(block.x, query, 120)));

  function open() {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    update();
  }

  /** The focus moves through the links and buttons of the list, and back to the field above the first. */
  function move(event) {
    const stops = [...list.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    const inList = at >= 0;
    const to = { ArrowDown: Math.min(at + 1, stops.length - 1), ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    const ours = inList || (document.activeElement === input && event.key === "ArrowDown");
    if (to === undefined || !ours || !stops.length) return;
    event.preventDefault();
    (stops[to] || input).focus();
  }

  const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  document.addEventListener("keydown", (event) => {
    const hotkey = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (dialog.open || !(hotkey || slash)) return;
    event.preventDefault();
    open();
  });

  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      turn();
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    } else if (event.key.length === 1 && event.key !== " " && list.contains(event.target)) {
      input.focus();
    } else {
      move(event);
    }
  });

  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const away = link && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (event.target === dialog || away || event.target.closest("[data-part=close]")) dialog.close();
  });

  const typed = (event) => {
    if (event.isComposing) return;
    reset();
    update();
  };
  input.addEventListener("input", typed);
  input.addEventListener("compositionend", typed);
  for (const made of languages) made.addEventListener("click", () => turn(made.dataset.lang));
  for (const opener of document.querySelectorAll("[data-search-open]")) opener.addEventListener("click", open);

  return { receive, open };
})();
window.guideSearch = { receive: guide.search.receive };

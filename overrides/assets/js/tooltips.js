// Tooltips of glossary terms: by hover, focus and touch (the first tap shows, the second follows), closed by Esc.
window.guide = window.guide || {};
guide.tooltips = (() => {
  "use strict";

  const MARGIN = 8;
  const SHOW = 120;
  const HIDE = 250;

  /** Where a box of a size goes beside a word, inside the window: below, or above where there is no room. */
  function place(word, box, view) {
    const left = Math.max(MARGIN, Math.min(word.left, view.width - box.width - MARGIN));
    const below = word.bottom + MARGIN / 2;
    const above = word.top - box.height - MARGIN / 2;
    return { left, top: below + box.height > view.height && above >= view.top ? above : below };
  }

  const words = document.querySelector("[data-tooltip-more]");
  if (!words) return { place };

  let tip = null;
  let term = null;
  let timer = 0;
  let touched = null;

  const termAt = (target) => (target.closest ? target.closest("a.term[aria-describedby]") : null);

  function hide() {
    clearTimeout(timer);
    if (tip) tip.remove();
    tip = term = null;
  }

  function later(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  /** The definition at the page's end, with its links as plain words, and the way to the glossary. */
  function content(link) {
    const definition = document.getElementById(link.getAttribute("aria-describedby"));
    if (!definition) return null;
    const copy = definition.cloneNode(true);
    copy.removeAttribute("id");
    for (const inner of copy.querySelectorAll("a")) inner.replaceWith(...inner.childNodes);
    const more = document.createElement("a");
    Object.assign(more, { href: link.href, tabIndex: -1, className: "tooltip__more" });
    more.textContent = words.dataset.tooltipMore;
    return [copy, more];
  }

  /** Show the tooltip of a term, beside that of its lines at `x`, `y`. */
  function show(link, x, y) {
    if (term === link) return clearTimeout(timer);
    hide();
    const parts = content(link);
    if (!parts) return undefined;
    const made = document.createElement("div");
    made.className = "tooltip";
    made.setAttribute("aria-hidden", "true");
    made.append(...parts);
    document.body.append(made);
    [tip, term] = [made, link];
    const rects = [...link.getClientRects()];
    const line = rects.find((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom) || rects[0];
    const header = document.querySelector(".md-header");
    const view = { width: document.documentElement.clientWidth, height: innerHeight, top: header ? header.offsetHeight : 0 };
    const { left, top } = place(line, made.getBoundingClientRect(), view);
    const origin = made.offsetParent.getBoundingClientRect();
    made.style.left = `${left - origin.left}px`;
    made.style.top = `${top - origin.top}px`;
    return undefined;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = termAt(event.target);
    if (link && link !== term) later(() => show(link, event.clientX, event.clientY), SHOW);
    else if (link || (tip && tip.contains(event.target))) clearTimeout(timer);
    else if (tip && term !== document.activeElement) later(hide, HIDE);
    else if (!tip) clearTimeout(timer);
  });

  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch" ? { link: termAt(event.target), wasOpen: termAt(event.target) === term } : null;
    if (tip && !tip.contains(event.target) && termAt(event.target) !== term) hide();
  });

  document.addEventListener("click", (event) => {
    const link = termAt(event.target);
    if (!link || !touched || touched.link !== link || touched.wasOpen) return;
    event.preventDefault();
    show(link, event.clientX, event.clientY);
  });

  document.addEventListener("focusin", (event) => {
    const link = termAt(event.target);
    if (link && !touched) show(link);
    else if (!link && tip && !tip.contains(event.target)) hide();
  });

  document.addEventListener("focusout", (event) => {
    if (termAt(event.target) === term && !touched) later(hide, HIDE);
  });

  document.addEventListener("keydown", (event) => {
    touched = null;
    if (event.key === "Escape") hide();
  });

  addEventListener("resize", hide);
  return { place };
})();

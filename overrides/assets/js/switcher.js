// The language switcher keeps the section: its link leads to the heading that the reader has come to.
window.guide = window.guide || {};
guide.switcher = (() => {
  "use strict";

  /** The id of the last of `places` ({id, top}, in order) that begins above `line`; "" above the first. */
  const sectionAt = (places, line) => places.filter(({ top }) => top <= line).reduce((_, { id }) => id, "");

  const link = document.querySelector("[data-switch]");
  const article = document.querySelector("article");
  const plain = link && link.getAttribute("href");

  /** The anchor of the address while it is in view, else the heading above. */
  function section() {
    const named = decodeURIComponent(location.hash.slice(1));
    const target = named && document.getElementById(named);
    if (target && target.getBoundingClientRect().bottom > 0 && target.getBoundingClientRect().top < innerHeight) return named;
    const headings = [...article.querySelectorAll("h2[id], h3[id], h4[id], section.term-entry[id]")];
    return sectionAt(headings.map((heading) => ({ id: heading.id, top: heading.getBoundingClientRect().top })), 140);
  }

  function keep() {
    const id = section();
    link.setAttribute("href", plain + (id ? `#${encodeURIComponent(id)}` : ""));
  }

  if (link && article) for (const type of ["pointerdown", "focus", "click"]) link.addEventListener(type, keep);
  return { sectionAt };
})();

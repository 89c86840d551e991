// The 404 page speaks the language of the address first.
window.guide = window.guide || {};
guide.notFound = (() => {
  "use strict";

  /** Whether a path lies below the English home. */
  const isEnglish = (path, home) => path === home.replace(/\/$/, "") || path.startsWith(home);

  const both = document.querySelector(".lost");
  if (both && isEnglish(location.pathname, both.dataset.english)) {
    document.documentElement.lang = "en";
    both.prepend(both.querySelector('[lang="en"]'));
  }
  return { isEnglish };
})();

// Real ages: a date that is marked with data-age and older than 90 days says how long ago it was, by the reader's clock.
window.guide = window.guide || {};
guide.ages = (() => {
  "use strict";

  const DAY = 86400000;
  const OLD = 90;

  /** Days from the end of a date ("2026", "2026-03", "2026-03-06") to `now`; NaN where it is no date. */
  function days(date, now) {
    const [year, month, day] = date.split("-").map(Number);
    const next = day ? Date.UTC(year, month - 1, day + 1) : month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
    return Math.floor((now - next) / DAY) + 1;
  }

  /** "8 months ago" or "8 个月前"; "" for what is not old. */
  function age(date, now, lang) {
    const since = days(date, now);
    if (!(since > OLD)) return "";
    const months = Math.floor(since / 30.44);
    const format = new Intl.RelativeTimeFormat(lang, { numeric: "always" });
    const text = months < 24 ? format.format(-months, "month") : format.format(-Math.floor(since / 365.25), "year");
    return text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");
  }

  const words = document.querySelector("[data-age-text]");
  for (const time of words ? document.querySelectorAll("time[data-age]") : []) {
    const text = age(time.getAttribute("datetime"), Date.now(), document.documentElement.lang);
    if (text) time.append(words.dataset.ageText.replace("{age}", text));
  }

  return { days, age };
})();

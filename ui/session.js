// The presenter's keys and its clock. Everything it does is a link or a button of the page as well.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);
  const ways = document.querySelector("nav.ways");
  const NEXT = new Set(["ArrowRight", "PageDown"]);
  const BACK = new Set(["ArrowLeft", "PageUp"]);
  const LETTERS = { r: "reveal", t: "clock", q: "ask" };

  // --- Keys ---------------------------------------------------------------------------------

  // In a field every key is for the field, and with Control, Alt or Command for the browser.
  function isForUs(event) {
    const inField = event.target.closest("input, textarea, select");
    return !inField && !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat;
  }

  // Page Down scrolls first, as long as something of the slide is below the window.
  function scrolls(key) {
    const page = document.documentElement;
    const below = page.scrollHeight - page.clientHeight - page.scrollTop;
    return (key === "PageDown" && below > 2) || (key === "PageUp" && page.scrollTop > 2);
  }

  function wanted(key) {
    if (NEXT.has(key)) return find("next");
    if (BACK.has(key)) return find("back");
    if (ways.dataset.letters !== "yes") return null;
    return find(LETTERS[key.toLowerCase()] || "");
  }

  document.addEventListener("keydown", (event) => {
    if (!ways || !isForUs(event) || scrolls(event.key)) return;
    const control = wanted(event.key);
    if (!control) return;
    event.preventDefault();
    control.click();
  });

  // --- The clock ----------------------------------------------------------------------------

  const times = find("times");
  if (!times || times.dataset.paused === "yes") return;

  const begun = performance.now();
  // What a screen reader is told, and when: seconds that are left. Nothing else of the clock is read out.
  const MOMENTS = {
    "block-time": { 60: "One minute left in this block.", 0: "The time of this block is over." },
    "session-time": { 300: "Five minutes left in the session.", 0: "The time of the session is over." },
  };

  function words(left) {
    const size = Math.abs(left);
    const said = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    return left < 0 ? `${said} over` : said;
  }

  function clock(name) {
    const shown = find(name);
    if (!shown) return () => {};
    const atBegin = Number(shown.dataset.left);
    let before = atBegin;
    return () => {
      const left = Math.round(atBegin - (performance.now() - begun) / 1000);
      if (left === before) return;
      for (const [moment, said] of Object.entries(MOMENTS[name])) {
        if (before > Number(moment) && left <= Number(moment)) find("time-said").textContent = said;
      }
      before = left;
      shown.textContent = words(left);
      shown.dataset.now = String(left);
    };
  }

  const ticks = Object.keys(MOMENTS).map(clock);
  setInterval(() => ticks.forEach((tick) => tick()), 250);
})();

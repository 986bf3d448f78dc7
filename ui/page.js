// What Gradio leaves undone: names and roles for a screen reader, and the way between an answer and its sources.
"use strict";

(() => {
  // Gradio words its own controls in the browser's language; the page is in British English.
  Object.defineProperty(navigator, "language", { get: () => "en-GB" });
  Object.defineProperty(navigator, "languages", { get: () => ["en-GB", "en"] });

  const find = (selector) => document.querySelector(selector);
  let answersSeen = 0;

  function set(element, attributes) {
    if (!element) return;
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  }

  function nameParts() {
    // Gradio sets the language of its own translations, which is "en".
    set(document.documentElement, { lang: "en-GB" });
    set(find("#conversation"), { role: "region", "aria-label": "Conversation" });
    set(find("#beside"), { role: "region", "aria-label": "Sources and documents", tabindex: "0" });
    set(find("#buttons"), { role: "group", "aria-label": "Question" });
    set(find("#examples"), { role: "group", "aria-label": "Example questions" });
    // The log changes many times while one answer is drawn; the status says it once.
    set(find('#log [role="log"]'), { "aria-live": "off", "aria-label": "Questions and answers", tabindex: "0" });
    set(find("#status"), { role: "status", "aria-live": "polite" });
    set(find("#question-error"), { role: "alert" });
  }

  // Gradio names a message by its source text, marks and all.
  function nameMessages() {
    for (const message of document.querySelectorAll('#log [data-testid="user"]')) {
      set(message, { role: "group", "aria-label": "You asked" });
    }
    for (const message of document.querySelectorAll('#log [data-testid="bot"]')) {
      set(message, { role: "group", "aria-label": "Answer" });
    }
  }

  function tieErrorToField() {
    const field = find("#question textarea");
    const error = find("#question-error p");
    if (!field) return;
    set(field, { "aria-invalid": error ? "true" : "false", "aria-describedby": "question-error" });
  }

  function showNewAnswer() {
    const answers = document.querySelectorAll("#log .answer");
    const asked = document.querySelectorAll("#log .asked");
    if (answers.length > answersSeen && asked.length) {
      asked[asked.length - 1].scrollIntoView({ block: "start" });
      find("#beside").scrollTop = 0;
      showLatestBeside();
    }
    answersSeen = answers.length;
  }

  function showLatestBeside() {
    const groups = document.querySelectorAll(".beside");
    if (groups.length) showBeside(groups[groups.length - 1]);
  }

  function repair() {
    nameParts();
    nameMessages();
    tieErrorToField();
    showNewAnswer();
    // Gradio draws the sources anew, and what was shown before is forgotten.
    if (!find(".beside.shown")) showLatestBeside();
  }

  // Only one answer's sources are shown at a time.
  function showBeside(target) {
    const wanted = target.closest(".beside");
    if (!wanted) return;
    for (const group of document.querySelectorAll(".beside")) {
      group.classList.toggle("shown", group === wanted);
    }
  }

  function goTo(target) {
    showBeside(target);
    target.scrollIntoView({ block: "nearest" });
    target.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link) return;
    // The page has a <base>, so that following the link itself would load the page again.
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) goTo(target.id === "question" ? target.querySelector("textarea") : target);
  });

  document.addEventListener("click", (event) => {
    const example = event.target instanceof Element ? event.target.closest(".example") : null;
    // The button is about to disappear: the focus goes to where the answer will be.
    if (example) find('#log [role="log"]')?.focus({ preventScroll: true });
  });

  // Gradio sends on Shift+Enter too; here it breaks the line, as in any other text box.
  document.addEventListener(
    "keydown",
    (event) => {
      const inField = event.target instanceof Element && event.target.matches("#question textarea");
      if (inField && event.key === "Enter" && event.shiftKey) event.stopImmediatePropagation();
    },
    true,
  );

  new MutationObserver(repair).observe(document.documentElement, { childList: true, subtree: true });
  repair();
})();

// What Gradio leaves undone: unpacking what arrives, names and roles for a screen reader, and the ways
// between an answer and its sources.
"use strict";

(() => {
  // Gradio words its own controls in the browser's language; the page is in British English.
  Object.defineProperty(navigator, "language", { get: () => "en-GB" });
  Object.defineProperty(navigator, "languages", { get: () => ["en-GB", "en"] });

  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const unpacked = new Set();

  // Changes nothing that is as it should be: a change would call us again.
  function set(element, attributes) {
    if (!element) return;
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  }

  // --- What arrives -------------------------------------------------------------------------

  // Each parcel holds only what is new, so that a long conversation is not sent again with each answer.
  function unpack() {
    const parcel = find("#arriving .arrival");
    const log = find("#log");
    if (!parcel || !log || unpacked.has(parcel.id)) return;
    unpacked.add(parcel.id);
    if (parcel.classList.contains("fresh")) {
      log.replaceChildren();
      find("#sources").replaceChildren();
    }
    for (const pending of all("#log .pending")) pending.remove();
    const exchanges = unpackInto(log, parcel, ".exchange, .notice");
    const beside = unpackInto(find("#sources"), parcel, ".beside");
    for (const original of parcel.querySelectorAll("[id]")) original.removeAttribute("id");
    goToAddress(parcel);
    showArrived(parcel, exchanges, beside);
  }

  // What could be asked next comes after the answer.
  function putFollowUps() {
    const arrived = find("#suggested .follow-ups[id]");
    const exchange = arrived && document.getElementById(arrived.id.replace("follow-ups-", "exchange-"));
    if (!exchange || exchange.querySelector(".follow-ups")) return;
    exchange.append(arrived.cloneNode(true));
    arrived.removeAttribute("id");
  }

  function unpackInto(place, parcel, selector) {
    const copies = [...parcel.querySelectorAll(`:scope > :is(${selector})`)].map((one) => one.cloneNode(true));
    place.append(...copies);
    return copies;
  }

  // The page's address names what it shows, so that it comes back when the page is loaded again.
  function goToAddress(parcel) {
    const here = parcel.querySelector(".here");
    if (here) history.replaceState(null, "", here.getAttribute("href"));
    else if (parcel.classList.contains("fresh") && location.search) history.replaceState(null, "", "/");
  }

  function showArrived(parcel, exchanges, beside) {
    const target = parcel.querySelector(".target");
    const wanted = target ? document.getElementById(target.getAttribute("href").slice(1)) : null;
    const shown = wanted || exchanges[exchanges.length - 1];
    if (shown) scrollLogTo(shown);
    if (!beside.length) return;
    const key = wanted ? wanted.id.replace("exchange-", "") : null;
    showBeside((key && document.getElementById(`beside-${key}`)) || beside[beside.length - 1]);
    find("#beside").scrollTop = 0;
  }

  // Within the log where it scrolls by itself, else on the page.
  function scrollLogTo(element) {
    element.scrollIntoView({ block: "start" });
  }

  // --- Names and roles ----------------------------------------------------------------------

  function nameParts() {
    // Gradio sets the language of its own translations, which is "en".
    set(document.documentElement, { lang: "en-GB" });
    set(find("#rail"), { role: "navigation", "aria-label": "Conversations" });
    set(find("#conversation"), { role: "region", "aria-label": "Conversation" });
    set(find("#beside"), { role: "region", "aria-label": "Sources and documents", tabindex: "0" });
    set(find("#places"), { role: "navigation", "aria-label": "Other pages" });
    set(find("#buttons"), { role: "group", "aria-label": "Question" });
    set(find("#examples"), { role: "group", "aria-label": "Example questions" });
    set(find("#narrowing"), { role: "group", "aria-label": "Narrow the search" });
    set(find("#this-conversation"), { role: "group", "aria-label": "This conversation" });
    // The log changes in many places while an answer is put in; the status says it once.
    set(find("#log"), { "aria-live": "off", "aria-label": "Questions and answers" });
    set(find("#status"), { role: "status", "aria-live": "polite" });
    set(find("#question-error"), { role: "alert" });
    set(find("#narrowing-error"), { role: "alert" });
    set(find("#narrowed"), { role: "status", "aria-live": "polite" });
    set(find("#listed .current"), { "aria-current": "page" });
    nameExchanges();
    // Gradio opens every address in a new window.
    for (const link of all('a[href^="/"][target]')) link.removeAttribute("target");
  }

  function nameExchanges() {
    for (const asked of all("#log .asked")) set(asked, { role: "group", "aria-label": "You asked" });
    for (const answer of all("#log .answer")) set(answer, { role: "group", "aria-label": "Answer" });
    for (const card of all("#sources .card")) {
      const heading = card.querySelector("h3");
      if (heading) set(card, { "aria-label": heading.textContent.trim().replace(/^(\d+)\s/, "Source $1: ") });
    }
  }

  function tieErrorsToFields() {
    tie(["#question textarea"], "question-error");
    tie(["#narrow-first :is(input, textarea)", "#narrow-last :is(input, textarea)"], "narrowing-error");
  }

  function tie(fields, error) {
    const wrong = find(`#${error} p`) ? "true" : "false";
    for (const field of fields) set(find(field), { "aria-invalid": wrong, "aria-describedby": error });
  }

  // --- Folding parts of the page in and out ---------------------------------------------------

  const folds = { "show-rail": "rail", "show-narrowing": "narrowing" };

  function nameFolds() {
    for (const [button, part] of Object.entries(folds)) {
      const open = find(`#${part}`)?.classList.contains("open");
      set(document.getElementById(button), { "aria-expanded": open ? "true" : "false", "aria-controls": part });
    }
  }

  function fold(button) {
    const part = document.getElementById(folds[button.id]);
    if (!part) return;
    part.classList.toggle("open");
    nameFolds();
  }

  // --- Answers and their sources --------------------------------------------------------------

  // Only one answer's sources are shown at a time.
  function showBeside(target) {
    const wanted = target.closest(".beside");
    if (!wanted) return;
    for (const group of all("#sources .beside")) group.classList.toggle("shown", group === wanted);
  }

  function goTo(target) {
    showBeside(target);
    target.scrollIntoView({ block: "nearest" });
    target.focus({ preventScroll: true });
  }

  // --- Acting on the text box -----------------------------------------------------------------

  const field = () => find("#question textarea");

  function write(text) {
    const box = field();
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function askNow(text, button) {
    write(text);
    find("#log").focus({ preventScroll: true });
    // After Gradio has taken note of what is in the box.
    setTimeout(() => find(button).click(), 50);
  }

  function questionOf(element) {
    const asked = element.closest(".exchange").querySelector(".asked");
    const copy = asked.cloneNode(true);
    for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
    return copy.textContent;
  }

  function edit(button) {
    write(questionOf(button));
    field().focus();
    field().select();
  }

  // --- Narrowing the search -------------------------------------------------------------------

  function checkNarrowing(event) {
    const within = event.target instanceof Element && event.target.closest("#narrowing");
    // After Gradio has taken note of what is in the fields.
    if (within) setTimeout(() => find("#check-narrowing").click(), 50);
  }

  document.addEventListener("change", checkNarrowing);
  document.addEventListener("keydown", (event) => event.key === "Enter" && checkNarrowing(event));

  // --- Copying --------------------------------------------------------------------------------

  async function copy(button) {
    const lines = [...button.parentElement.querySelectorAll(".copied p")].map((line) => line.textContent);
    const done = await copyText(lines.join("\n"));
    say(done ? "Copied." : "This browser did not allow copying.");
    button.classList.toggle("done", done);
    setTimeout(() => button.classList.remove("done"), 2000);
  }

  // Outside https and localhost a page may not use the clipboard, only what is selected.
  async function copyText(text) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Refused: the older way may still be allowed.
      }
    }
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "vh";
    const focused = document.activeElement;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  // In our own line: Gradio would not notice that its own was changed, and never change it back.
  function say(words) {
    let line = find("#said");
    if (!line) {
      line = document.createElement("p");
      set(line, { id: "said", role: "status" });
      find("#asking").append(line);
    }
    line.textContent = words;
    setTimeout(() => {
      if (line.textContent === words) line.textContent = "";
    }, 4000);
  }

  // --- Events -----------------------------------------------------------------------------------

  const actions = {
    copy,
    edit,
    "as-written": (button) => askNow(questionOf(button), "#ask-as-written"),
    "ask-this": (button) => askNow(button.textContent, "#ask"),
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest('a[href^="#"]');
    const button = target?.closest("button");
    if (link) follow(event, link);
    else if (button && folds[button.id]) fold(button);
    else if (button) act(button);
  });

  function follow(event, link) {
    // The page has a <base>, so that following the link itself would load the page again.
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) goTo(target.id === "question" ? field() : target);
  }

  function act(button) {
    for (const [name, action] of Object.entries(actions)) {
      if (button.classList.contains(name)) action(button);
    }
    // These disappear, and the focus would with them.
    if (button.classList.contains("example")) find("#log").focus({ preventScroll: true });
    if (["stop", "new", "delete", "undo"].includes(button.id)) field().focus();
    if (button.id === "clear-narrowing") find("#show-narrowing").focus();
  }

  // Gradio sends on Shift+Enter too; here it breaks the line, as in any other text box.
  document.addEventListener(
    "keydown",
    (event) => {
      const inField = event.target instanceof Element && event.target.matches("#question textarea");
      if (inField && event.key === "Enter" && event.shiftKey) event.stopImmediatePropagation();
    },
    true,
  );

  function repair() {
    unpack();
    putFollowUps();
    nameParts();
    nameFolds();
    tieErrorsToFields();
  }

  new MutationObserver(repair).observe(document.documentElement, { childList: true, subtree: true });
  repair();
})();

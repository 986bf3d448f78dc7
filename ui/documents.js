// The documents page, made livelier: files can be dropped, progress moves, the list keeps itself up to date.
// Everything it does can be done without it, by the forms and links of the page.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);
  const PACE = 1000; // milliseconds between two looks at the server
  const SPOKEN = 10000; // milliseconds between two announcements of the same step

  // --- What a screen reader is told ---------------------------------------------------------

  let lastStep = "";
  let lastSpoken = 0;

  function tell(words, step) {
    const region = find("told");
    const now = performance.now();
    if (!region || (step && step === lastStep && now - lastSpoken < SPOKEN)) return;
    lastStep = step || "";
    lastSpoken = now;
    region.textContent = words;
  }

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  // Puts a part of a freshly fetched page in place of ours; who was in it keeps the place.
  function renew(fresh, id) {
    const here = find(id);
    const there = fresh.getElementById(id);
    if (!here || !there) return;
    const active = here.contains(document.activeElement) ? document.activeElement : null;
    const mark = active && (active.id || active.textContent);
    here.innerHTML = there.innerHTML;
    if (!mark) return;
    const again = [...here.querySelectorAll("a, button, input, summary")].find(
      (one) => (one.id || one.textContent) === mark,
    );
    const heading = find("all-documents");
    (again || heading || here).focus();
  }

  async function fetched(address) {
    const response = await fetch(address, { headers: { accept: "text/html" } });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  // --- Indexing -----------------------------------------------------------------------------

  // What the page was made from: a run may end before the first look.
  const made = find("indexing") ? find("indexing").dataset : {};
  let runs = Number(made.runs);
  let wasRunning = made.phase === "running";

  async function lookAtIndexing() {
    const response = await fetch("/documents/state");
    const state = await response.json();
    const running = state.phase === "running";
    const ended = state.runs !== runs;
    runs = state.runs;
    if (ended || running !== wasRunning) await renewList(ended && !running);
    if (ended && !running) tell(ENDED[state.phase] || "", "");
    wasRunning = running;
    if (running) showProgress(state);
  }

  const ENDED = {
    done: "Indexing is done. The documents can be asked about.",
    failed: "Indexing failed. The page says why.",
    stopped: "Indexing was stopped.",
  };

  async function renewList(isOver) {
    const address = new URL(location.href);
    address.searchParams.delete("done");
    const fresh = await fetched(address);
    for (const id of ["summary", "indexing", "held"]) renew(fresh, id);
    const done = document.querySelector(".done");
    if (done && isOver) done.remove(); // it said what would be, and now the list says what is
  }

  function showProgress(state) {
    const step = find("step");
    const bar = find("bar");
    if (step) step.textContent = state.words;
    if (bar && state.number) {
      bar.max = Math.max(1, state.total);
      bar.value = state.done;
    }
    tell(state.words, state.step);
  }

  // --- Reading what was sent ----------------------------------------------------------------

  async function lookAtReading(batch) {
    const response = await fetch(`/documents/batch/${batch}/state`);
    const state = await response.json();
    const bar = find("bar");
    if (state.reading) {
      find("read-so-far").textContent = state.words;
      if (bar) bar.value = state.done;
      tell(state.words, "reading");
      return true;
    }
    const fresh = await fetched(location.href);
    const main = find("main");
    main.innerHTML = fresh.getElementById("main").innerHTML;
    document.title = fresh.title;
    tell(state.words, "");
    return false;
  }

  // --- Sending ------------------------------------------------------------------------------

  const form = find("send");

  function sendOne(file, batch, line) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const bar = make("progress", { max: file.size || 1, value: 0 });
      bar.setAttribute("aria-label", `Sending ${file.name}`);
      const cancel = make("button", { type: "button", className: "quiet" }, "Cancel");
      cancel.append(make("span", { className: "vh" }, ` sending ${file.name}`));
      const said = make("p", {}, `${file.name}: waiting`);
      line.replaceChildren(said, bar, cancel);
      cancel.addEventListener("click", () => request.abort());
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        bar.max = event.total;
        bar.value = event.loaded;
        said.textContent = `${file.name}: ${Math.round((100 * event.loaded) / event.total)} per cent sent`;
      });
      const end = (words, answer) => {
        const hadFocus = line.contains(document.activeElement);
        line.replaceChildren(make("p", {}, words));
        tell(words, "");
        if (hadFocus) find("sending-heading").focus();
        done(answer);
      };
      request.addEventListener("abort", () => end(`${file.name}: cancelled`, null));
      request.addEventListener("error", () => end(`${file.name}: it could not be sent`, null));
      request.addEventListener("load", () => {
        if (request.status === 200) end(`${file.name}: sent`, JSON.parse(request.responseText));
        else end(`${file.name}: ${refusal(request.responseText)}`, null);
      });
      const content = new FormData();
      content.append("files", file, file.name);
      const place = batch ? `?batch=${encodeURIComponent(batch)}` : "";
      request.open("POST", `/documents/send${place}`);
      request.setRequestHeader("accept", "application/json");
      request.send(content);
    });
  }

  function refusal(text) {
    const said = new DOMParser().parseFromString(text, "text/html").querySelector("main p");
    return said ? said.textContent : "it could not be sent";
  }

  async function send(files) {
    const list = make("ul", {});
    const heading = make("h3", { id: "sending-heading", tabIndex: -1 }, "Sending");
    const lines = files.map((file) => make("li", {}, make("p", {}, `${file.name}: waiting`)));
    list.append(...lines);
    find("sending").replaceChildren(heading, list);
    form.hidden = true;
    heading.focus();
    let sent = null;
    for (const [number, file] of files.entries()) {
      const answer = await sendOne(file, sent && sent.batch, lines[number]);
      sent = answer || sent;
    }
    if (sent) location.assign(sent.address);
    else {
      form.hidden = false;
      find("files").focus();
    }
  }

  function wireSending() {
    const section = find("add");
    const files = find("files");
    files.before(make("p", { className: "hint" }, "Choose files, or drop them anywhere in this frame."));
    form.addEventListener("submit", (event) => {
      if (!files.files.length) return;
      event.preventDefault();
      send([...files.files]);
    });
    const over = (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      section.classList.add("over");
    };
    section.addEventListener("dragenter", over);
    section.addEventListener("dragover", over);
    section.addEventListener("dragleave", () => section.classList.remove("over"));
    section.addEventListener("drop", (event) => {
      section.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      if (!form.hidden) send([...event.dataTransfer.files]);
    });
  }

  // --- What the page needs of it ------------------------------------------------------------

  async function keepLooking(look) {
    let goesOn = true;
    while (goesOn !== false) {
      await new Promise((done) => setTimeout(done, PACE));
      try {
        goesOn = await look();
      } catch {
        // the server is restarting, or the page is being left: looked at again
      }
    }
  }

  if (form) wireSending();
  if (find("held")) keepLooking(lookAtIndexing);
  const reading = find("reading");
  if (reading) keepLooking(() => lookAtReading(reading.dataset.batch));
})();

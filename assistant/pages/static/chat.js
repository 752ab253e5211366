/* The chat's behaviour in the page. Text from people or the corpus is only ever set as text or
   as HTML that the server has escaped. Nothing is kept beyond the page: no storage, no cookies. */
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const page = { limit: 2000, busy: false, typed: "", patience: 0, send: null, judge: null, props: null, shown: 0 };

  // Gradio sets the page's language to the browser's; the page is in Swedish for everybody.
  const root = document.documentElement;
  const keepSwedish = () => { if (root.lang !== "sv") root.lang = "sv"; };
  new MutationObserver(keepSwedish).observe(root, { attributes: true, attributeFilter: ["lang"] });

  // ------------------------------------------------------------------ saying and showing
  const announce = (words) => {
    const status = byId("upplasning");
    if (status) status.textContent = words;
  };
  const showError = (words) => {
    const box = byId("fraga-fel");
    if (box) box.textContent = words;
  };
  const setBusy = (busy) => {
    page.busy = busy;
    clearTimeout(page.patience);
    if (busy) page.patience = setTimeout(() => lost(SLOW), 90000);
    const line = byId("arbetar");
    if (line) line.hidden = !busy;
    const button = sendButton();
    if (button) button.setAttribute("aria-disabled", String(busy));
    document.querySelectorAll("[data-act=svara], [data-act=fraga]").forEach((b) => b.setAttribute("aria-disabled", String(busy)));
    if (busy) { showError(""); announce("Söker i vägledningen."); }
  };
  const sendButton = () => document.querySelector("button#skicka, #skicka button");
  const box = () => document.querySelector("#fraga textarea");
  const setQuestion = (words) => {
    const area = box();
    if (!area) return;
    area.value = words;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // ------------------------------------------------------------------ sending
  const maySend = (words) => {
    if (page.busy) return false;
    if (!words.trim()) { showError("Skriv en fråga först."); box().focus(); return false; }
    if (words.length > page.limit) {
      showError(`Frågan är för lång: ${words.length} tecken. Den får vara högst ${page.limit}. Korta den.`);
      box().focus();
      return false;
    }
    return true;
  };
  const ask = (words) => {
    if (!page.send || !maySend(words)) return;
    setBusy(true);
    page.send({ text: words });
  };
  const lost = (words) => {
    if (!page.busy) return;
    setBusy(false);
    announce("");
    showError(words);
  };
  const SLOW = "Svaret dröjer ovanligt länge. Det du skrev står kvar. Försök igen om en stund.";
  const LOST = "Förbindelsen med Vägledaren bröts. Det du skrev står kvar. Kontrollera nätverket och försök igen.";
  const FULL = "Många frågar just nu. Det du skrev står kvar. Vänta en stund och försök igen.";

  // Gradio doesn't say when a question or its answer is lost on the way; its requests do. Left
  // alone it would take no more questions, wait for the server and reload the page with all that
  // was typed: it is told of a refused call, or of a stream that ended as it should.
  const fetchAsBefore = window.fetch.bind(window);
  const refused = () => new Response('{"error": "avbrutet"}', { status: 500, headers: { "Content-Type": "application/json" } });
  const ENDED = 'data: {"msg": "close_stream", "event_id": null}\n\n';
  const asStream = (body) => new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  const unbroken = (response) => {
    const reader = response.body.getReader();
    const ended = new TextEncoder().encode(ENDED);
    return asStream(new ReadableStream({
      async pull(stream) {
        try {
          const { done, value } = await reader.read();
          if (done) { stream.close(); return; }
          if (!new TextDecoder().decode(value).includes('"session_not_found":true')) { stream.enqueue(value); return; }
        } catch (error) {
          if (error.name === "AbortError") { stream.error(error); return; } // Gradio had all it wanted
        }
        lost(LOST);
        stream.enqueue(ended);
        stream.close();
      },
      cancel: () => reader.cancel(),
    }));
  };
  window.fetch = async (...given) => {
    const address = String(given[0] && given[0].url ? given[0].url : given[0]);
    if (address.includes("/gradio_api/app_id")) return refused();
    if (!address.includes("/gradio_api/queue/")) return fetchAsBefore(...given);
    const isStream = address.includes("/queue/data");
    try {
      const response = await fetchAsBefore(...given);
      if (response.ok) return isStream ? unbroken(response) : response;
      lost(response.status === 503 ? FULL : LOST);
      return isStream ? asStream(ENDED) : refused();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      lost(LOST);
      return isStream ? asStream(ENDED) : refused();
    }
  };
  window.addEventListener("offline", () => lost(LOST));

  // ------------------------------------------------------------------ the conversation
  const receive = (list, value) => {
    let memory;
    try { memory = JSON.parse(value); } catch { return; }
    if (!memory || !memory.serial) return;
    setBusy(false);
    if (memory.serial <= page.shown) return; // a reply that was given up and came after all
    page.shown = memory.serial;
    if (memory.error) {
      announce("");
      showError(memory.error);
      if (box()) box().focus();
      return;
    }
    if (page.typed && box().value === page.typed) setQuestion("");
    page.typed = "";
    list.insertAdjacentHTML("beforeend", memory.html);
    page.props.value = JSON.stringify({ ...memory, html: "", said: "" });
    document.body.classList.add("has-conversation");
    byId("ny-konversation").hidden = false;
    const newest = list.lastElementChild;
    showMark(newest);
    announce(memory.said);
    const heading = newest.querySelector("h2");
    heading.focus({ preventScroll: true });
    newest.scrollIntoView({ block: "start" });
  };
  const startOver = () => {
    document.querySelector("#samtal .exchanges").replaceChildren();
    page.props.value = "";
    page.shown = 0;
    document.body.classList.remove("has-conversation");
    byId("ny-konversation").hidden = true;
    showError("");
    announce("En ny konversation har börjat.");
    if (box()) box().focus();
  };

  // ------------------------------------------------------------------ sources
  const showMark = (place) => {
    place.querySelectorAll(".source:not([hidden]) .scroll").forEach((scroll) => {
      const mark = scroll.querySelector("mark");
      if (mark) scroll.scrollTop += mark.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 48;
    });
  };
  const showSource = (exchange, number) => {
    const sources = [...exchange.querySelectorAll(".source")];
    const wanted = ((number - 1 + sources.length) % sources.length) + 1;
    sources.forEach((source, i) => { source.hidden = i + 1 !== wanted; });
    const count = exchange.querySelector("[data-nummer]");
    if (count && count.matches("span")) count.textContent = String(wanted);
    showMark(exchange);
    announce(`Källa ${wanted} av ${sources.length}: ${sources[wanted - 1].querySelector(".path").textContent}`);
  };
  const shownSource = (exchange) => [...exchange.querySelectorAll(".source")].findIndex((s) => !s.hidden) + 1;

  // ------------------------------------------------------------------ clipboard, link, print
  const copy = async (words, done, said) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    done.textContent = said;
  };
  const linkTo = (question) => {
    const link = new URL("/", window.location.origin);
    link.searchParams.set("fraga", question);
    const edition = document.querySelector("#val input[name=utgava]:checked");
    if (edition && !edition.defaultChecked) link.searchParams.set("utgava", edition.value);
    return link.href;
  };

  // ------------------------------------------------------------------ feedback
  const judge = (form, helpful) => {
    const reason = form.querySelector("input[type=radio]:checked");
    page.judge({
      number: Number(form.dataset.nummer),
      helpful,
      reason: !helpful && reason ? reason.value : null,
      comment: helpful ? "" : form.querySelector("textarea").value,
    });
  };
  const pressed = (form, helpful) => {
    form.querySelectorAll("[data-act=hjalpte]").forEach((b) => b.setAttribute("aria-pressed", String((b.dataset.hjalpte === "ja") === helpful)));
    const why = form.querySelector(".why");
    why.hidden = helpful;
    form.querySelector("[aria-expanded]").setAttribute("aria-expanded", String(!helpful));
    if (helpful) judge(form, true);
    else why.querySelector("input").focus();
  };

  const acts = {
    svara: (button) => ask(button.dataset.text),
    stega: (button) => {
      const exchange = button.closest(".exchange");
      showSource(exchange, shownSource(exchange) + Number(button.dataset.steg));
    },
    visa: (button) => {
      const exchange = button.closest(".exchange");
      showSource(exchange, Number(button.dataset.kalla));
      const panel = exchange.querySelector(".panel");
      panel.scrollIntoView({ block: "nearest" });
      panel.querySelector(".source:not([hidden]) .scroll").focus({ preventScroll: true });
    },
    kopiera: (button) => copy(button.dataset.text, button.parentElement.querySelector(".done"), "Kopierat."),
    lank: (button) => copy(linkTo(button.dataset.text), button.parentElement.querySelector(".done"), "Länken är kopierad."),
    "skriv-ut": () => window.print(),
    hjalpte: (button) => pressed(button.closest("form"), button.dataset.hjalpte === "ja"),
  };

  // ------------------------------------------------------------------ what Gradio's components call
  window.vagledaren = {
    samtal(element, props, watch, events) {
      page.props = props;
      page.send = events.skicka;
      page.judge = events.omdome;
      const list = element.querySelector(".exchanges");
      watch("value", () => receive(list, props.value));
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-act]");
        if (button && button.getAttribute("aria-disabled") !== "true" && acts[button.dataset.act]) acts[button.dataset.act](button);
      });
      element.addEventListener("submit", (event) => {
        event.preventDefault();
        judge(event.target, false);
      });
    },
    val(element, props) {
      const names = { utgava: "edition", roll: "role", arbetsgivare: "employer" };
      const chips = element.querySelector(".chips");
      const checked = (name) => element.querySelector(`input[name=${name}]:checked`);
      const chip = (name, what) => {
        const chosen = checked(name);
        if (!chosen || !chosen.value) return;
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "chip";
        button.append(`${what}: ${chosen.value} `);
        const cross = document.createElement("span");
        cross.setAttribute("aria-hidden", "true");
        cross.textContent = "×";
        const words = document.createElement("span");
        words.className = "visually-hidden";
        words.textContent = "(ta bort)";
        button.append(words, cross);
        button.addEventListener("click", () => {
          element.querySelector(`input[name=${name}][value=""]`).checked = true;
          changed();
          element.querySelector("summary").focus();
        });
        item.append(button);
        chips.append(item);
      };
      const changed = () => {
        const value = {};
        for (const [name, key] of Object.entries(names)) value[key] = checked(name).value;
        props.value = JSON.stringify(value);
        chips.replaceChildren();
        chip("roll", "Roll");
        chip("arbetsgivare", "Arbetsgivare");
        chips.hidden = !chips.children.length;
        element.querySelector("[data-svarar]").textContent = `Svaren kommer ur ${checked("utgava").parentElement.textContent.trim()}.`;
      };
      element.addEventListener("change", changed);
      element.querySelector("#ny-konversation").addEventListener("click", startOver);
      const wanted = new URLSearchParams(window.location.search).get("utgava");
      element.querySelectorAll("input[name=utgava]").forEach((input) => { if (input.value === wanted) input.checked = true; });
      changed();
    },
    exempel(element) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("[data-act=fraga]");
        if (button && button.getAttribute("aria-disabled") !== "true") ask(button.textContent.trim());
      });
    },
    kvitto(props, watch) {
      watch("value", () => {
        let receipt;
        try { receipt = JSON.parse(props.value); } catch { return; }
        const form = document.querySelector(`form.feedback[data-nummer="${Number(receipt.number)}"]`);
        if (!form) return;
        form.querySelector(".receipt").textContent = receipt.said;
        if (receipt.ok) form.querySelector("fieldset").disabled = true;
        if (receipt.ok) form.querySelector(".why").hidden = true;
      });
    },
  };

  // ------------------------------------------------------------------ the question box
  const wireBox = (area) => {
    byId("laddar").hidden = true;
    document.querySelector(".gradio-container main")?.prepend(document.querySelector(".intro"));
    area.setAttribute("aria-describedby", "fraga-hjalp");
    area.removeAttribute("placeholder");
    const limit = document.querySelector("[data-grans]");
    if (limit) page.limit = Number(limit.dataset.grans);
    const count = () => {
      const left = page.limit - area.value.length;
      byId("fraga-antal").textContent = left < 300 ? `${Math.abs(left)} tecken ${left < 0 ? "för mycket" : "kvar"}.` : "";
    };
    area.addEventListener("input", () => { count(); showError(""); });
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.stopImmediatePropagation();
      if (event.shiftKey || event.isComposing) return;
      event.preventDefault();
      sendButton().click();
    }, true);
    area.addEventListener("keypress", (event) => { if (event.key === "Enter") event.stopImmediatePropagation(); }, true);
    sendButton().addEventListener("click", (event) => {
      if (maySend(area.value)) { page.typed = area.value; setBusy(true); return; }
      event.stopImmediatePropagation();
    }, true);
    const carried = new URLSearchParams(window.location.search).get("fraga");
    if (carried) setQuestion(carried.slice(0, page.limit));
    else setQuestion("");
    count();
  };
  const waitForBox = () => {
    const found = () => box() && sendButton() && byId("fraga-hjalp") && byId("ny-konversation");
    if (found()) { wireBox(box()); return; }
    const observer = new MutationObserver(() => {
      if (!found()) return;
      observer.disconnect();
      wireBox(box());
    });
    observer.observe(document.body, { childList: true, subtree: true });
  };
  waitForBox();
})();

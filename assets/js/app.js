// Созвездие in the browser. Every page works without this file; it only makes things quicker:
// focus after navigation, command palette, pickers, keys, drafts, selecting rows, paste from a spreadsheet.
// All listeners sit on the document, so swapped-in content needs no setting up. No eval, no inline styles.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const on = (type, handler, options) => document.addEventListener(type, handler, options);
  const near = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  const later = (wait, action) => { let timer; return (...args) => { clearTimeout(timer); timer = setTimeout(action, wait, ...args); }; };

  const words = {
    ru: {
      selected: (n) => `Выбрано ${n}`, copied: "Скопировано", notCopied: "Не удалось скопировать: выделите текст и нажмите Ctrl+C",
      draft: (t) => `Черновик сохранён в ${t}`, noDraft: "Черновик пока не сохранён: нет связи",
      pasted: (n, left) => `Вставлено ячеек: ${n}` + (left ? `, не поместилось строк: ${left}` : ""), undo: "Отменить", undone: "Вставка отменена", close: "Закрыть",
      offline: "Нет связи с сервером. Введённое остаётся на странице, повторите чуть позже.", found: (n) => (n ? `Найдено: ${n}` : "Ничего не найдено"),
      tooBig: (name, mb) => `«${name}» больше ${mb} МБ: уменьшите файл или разделите его`, minutes: (n) => `Осталось минут: ${n}`,
    },
    en: {
      selected: (n) => `${n} selected`, copied: "Copied", notCopied: "Could not copy: select the text and press Ctrl+C",
      draft: (t) => `Draft saved at ${t}`, noDraft: "The draft is not saved yet: no connection",
      pasted: (n, left) => `Cells pasted: ${n}` + (left ? `, rows that did not fit: ${left}` : ""), undo: "Undo", undone: "Paste undone", close: "Close",
      offline: "The server does not answer. What you typed stays on the page; try again in a moment.", found: (n) => (n ? `Found: ${n}` : "Nothing found"),
      tooBig: (name, mb) => `“${name}” is over ${mb} MB: make it smaller or split it`, minutes: (n) => `Minutes left: ${n}`,
    },
  };
  const t = words[root.lang.slice(0, 2)] || words.ru;

  /* ---- Saying things: aria-live region #live, toasts in #toasts ---- */

  const say = (text) => {
    const live = $("#live");
    if (live) { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 120); }
  };

  const button = (className, label, action) => {
    const element = document.createElement("button");
    element.type = "button"; element.className = className; element.textContent = label;
    element.addEventListener("click", action);
    return element;
  };

  // A toast stays until it is closed or the page changes: nobody has to read against the clock.
  const toast = (text, kind = "", undo = null) => {
    const place = $("#toasts");
    if (!place) return say(text);
    const box = document.createElement("div");
    const line = document.createElement("span");
    box.className = `toast ${kind}`; line.textContent = text;
    box.append(line);
    if (undo) box.append(button("btn sm", t.undo, () => { box.remove(); undo(); }));
    const shut = button("btn sm icon", "×", () => box.remove());
    shut.setAttribute("aria-label", t.close);
    box.append(shut);
    place.replaceChildren(box);
    return box;
  };
  on("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.kind)); // header HX-Trigger: {"toast":{"text":"…"}}
  on("click", (event) => near(event, "[data-dismiss]")?.closest(".toast, .alert")?.remove());

  /* ---- htmx: focus, history, errors ---- */

  on("htmx:after:swap", (event) => {
    const { target, title } = event.detail.ctx;
    const body = target === document.body || target === "body";
    const summary = $(".summary", target instanceof Element ? target : document);
    if (summary) { summary.tabIndex = -1; summary.focus(); return; }
    if (!body && !(target instanceof Element && target.matches("main"))) return;
    closeMenus();
    $("#side:popover-open")?.hidePopover();
    say(title || document.title);
    if (!document.activeElement || document.activeElement === document.body) $('h1[tabindex="-1"]')?.focus({ preventScroll: true });
  });
  // A form that came back with mistakes is no new place: Back must not lead to it.
  on("htmx:before:history:update", (event) => {
    if (event.detail.response?.status >= 400 && event.detail.sourceElement?.matches?.('form:not([method="get"])')) event.preventDefault();
  });
  on("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (!ctx || ctx.response) return; // the server did answer
    if (ctx.sourceElement?.matches("[data-resend]")) unsent.add(ctx.sourceElement);
    else toast(t.offline, "bad");
  });

  /* ---- Offline: a banner [data-offline]; fields [data-resend] are sent again when the line is back ---- */

  const unsent = new Set();
  const line = () => $$("[data-offline]").forEach((banner) => { banner.hidden = navigator.onLine && !unsent.size; });
  const resend = () => {
    const waiting = [...unsent].filter((element) => element.isConnected);
    unsent.clear();
    waiting.forEach((element) => window.htmx?.trigger(element, "change"));
    line();
  };
  on("htmx:finally:request", line);
  addEventListener("online", resend);
  addEventListener("offline", line);
  setInterval(() => { if (unsent.size) resend(); }, 10000);

  /* ---- Menus: <details class="menu"> closes by Esc and by a click elsewhere ---- */

  const closeMenus = (except = null) => $$("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  on("click", (event) => closeMenus(near(event, "details.menu")));
  on("keydown", (event) => {
    const menu = event.key === "Escape" && near(event, "details.menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  });

  /* ---- Lists of suggestions: the palette and [data-pick] ---- */

  const boxOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
  const optionsOf = (input) => $$('[role="option"]', boxOf(input));
  const activate = (input, option) => {
    optionsOf(input).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) { option.id ||= `o-${Math.random().toString(36).slice(2)}`; input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const fill = async (input, address, first) => {
    input.pending?.abort();
    input.pending = new AbortController();
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Request-Type": "partial" }, signal: input.pending.signal });
      if (!answer.ok || answer.redirected) return;
      const box = boxOf(input);
      box.innerHTML = await answer.text();
      window.htmx?.process(box);
      const options = optionsOf(input);
      options.forEach((option) => { option.tabIndex = -1; });
      box.hidden = !box.textContent.trim();
      input.setAttribute("aria-expanded", String(!box.hidden));
      activate(input, first ? options[0] : null);
      if (input.value) say(t.found(options.length));
    } catch (error) { if (error.name !== "AbortError") say(t.offline); }
  };
  const look = later(120, (input) => {
    if (input.closest("#palette")) fill(input, `/search?fragment=palette&q=${encodeURIComponent(input.value)}`, true);
    else fill(input, input.closest("[data-pick]").dataset.pick + encodeURIComponent(input.value), false);
  });
  const isSuggesting = (element) => element?.matches?.('input[role="combobox"]');
  const shut = (input) => { boxOf(input).hidden = true; input.setAttribute("aria-expanded", "false"); activate(input, null); };

  on("input", (event) => {
    if (!isSuggesting(event.target)) return;
    const hidden = $("input[type=hidden]", event.target.closest("[data-pick]") || root);
    if (event.target.closest("[data-pick]") && hidden) hidden.value = "";
    look(event.target);
  });
  on("keydown", (event) => {
    const input = event.target;
    if (!isSuggesting(input) || event.isComposing) return;
    const options = optionsOf(input);
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) { event.preventDefault(); activate(input, options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length]); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); options[at].click(); }
    else if (event.key === "Escape" && input.closest("[data-pick]") && !boxOf(input).hidden) { event.preventDefault(); shut(input); }
  });
  on("click", (event) => {
    const option = near(event, '[role="option"]');
    const pick = option?.closest("[data-pick]");
    if (pick) {
      const input = $('input[role="combobox"]', pick);
      input.value = option.dataset.text ?? option.textContent.trim();
      const hidden = $("input[type=hidden]", pick);
      if (hidden) hidden.value = option.dataset.value ?? "";
      shut(input);
      input.focus();
      (hidden || input).dispatchEvent(new Event("change", { bubbles: true }));
    } else if (option) option.closest("dialog")?.close();
  });
  on("focusout", (event) => { if (isSuggesting(event.target) && event.target.closest("[data-pick]")) setTimeout(() => { if (document.activeElement !== event.target) shut(event.target); }, 150); });

  /* ---- Command palette and help: native dialogs #palette and #keys ---- */

  const openPalette = () => {
    const dialog = $("#palette");
    if (!dialog) return false;
    if (!dialog.open) dialog.showModal();
    const input = $('input[role="combobox"]', dialog);
    input.select(); input.focus();
    if (!boxOf(input).childElementCount) look(input);
    return true;
  };
  on("click", (event) => {
    if (near(event, "[data-palette]") && !event.ctrlKey && !event.metaKey && openPalette()) { event.preventDefault(); event.stopImmediatePropagation(); }
    const opener = near(event, "[data-dialog]");
    if (opener) { const dialog = document.getElementById(opener.dataset.dialog); if (dialog) { event.preventDefault(); dialog.showModal(); } }
    if (event.target instanceof HTMLDialogElement) event.target.close(); // a click on the backdrop
    if (near(event, "[data-close]")) event.target.closest("dialog")?.close();
  }, true);

  /* ---- Keys; single ones only where nobody types, and not with <html data-keys="off"> ---- */

  const typing = (element) => element.isContentEditable || element.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select");
  on("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK") { if (openPalette()) event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || root.dataset.keys === "off" || typing(event.target) || $("dialog[open]")) return;
    // By place on the keyboard too, so that a Russian layout works.
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) { const help = $("#keys"); if (help) { event.preventDefault(); help.showModal(); } }
    else if (event.key === "/" || event.code === "Slash") { if (openPalette()) event.preventDefault(); }
    else if (event.code === "KeyJ" || event.code === "KeyK") {
      const links = $$("[data-rows] a.row-link").filter((link) => link.getClientRects().length);
      if (!links.length) return;
      const row = document.activeElement?.closest("tr, li");
      const at = links.findIndex((link) => row?.contains(link));
      const next = links[Math.max(0, Math.min(links.length - 1, at + (event.code === "KeyJ" ? 1 : -1)))];
      event.preventDefault();
      next.focus();
    }
  });

  /* ---- Booking calendar: one stop for Tab, arrows between free cells ---- */

  const roam = (cell) => $$("a.free", cell.closest(".cal")).forEach((other) => { other.tabIndex = other === cell ? 0 : -1; });
  on("focusin", (event) => { const cell = near(event, ".cal a.free"); if (cell) roam(cell); });
  on("keydown", (event) => {
    const cell = near(event, ".cal a.free");
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!cell || !way) return;
    event.preventDefault();
    const here = cell.getBoundingClientRect();
    let best = null, least = Infinity;
    for (const other of $$("a.free", cell.closest(".cal"))) {
      const there = other.getBoundingClientRect();
      const dx = there.left - here.left, dy = there.top - here.top;
      const along = way[0] ? dx * way[0] : dy * way[1], across = Math.abs(way[0] ? dy : dx);
      if (along > 2 && along + across * 4 < least) { least = along + across * 4; best = other; }
    }
    best?.focus();
  });

  /* ---- Rows: select all, a range with Shift, the count in .bulk ---- */

  const count = (form) => {
    const boxes = $$("[data-select]", form);
    const picked = boxes.filter((box) => box.checked).length;
    const all = $("[data-select-all]", form);
    if (all) { all.checked = picked > 0 && picked === boxes.length; all.indeterminate = picked > 0 && picked < boxes.length; }
    $$("[data-count]", form).forEach((place) => { place.textContent = t.selected(picked); });
  };
  let lastBox = null;
  on("click", (event) => {
    const box = near(event, "[data-select]"), form = box?.closest("[data-bulk]");
    if (!form) return;
    if (event.shiftKey && lastBox?.isConnected) {
      const boxes = $$("[data-select]", form), [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
      if (from >= 0) boxes.slice(from, to + 1).forEach((other) => { other.checked = box.checked; });
    }
    lastBox = box;
  });
  on("change", (event) => {
    const form = near(event, "[data-bulk]");
    if (!form || !event.target.matches("[data-select], [data-select-all]")) return;
    if (event.target.matches("[data-select-all]")) $$("[data-select]", form).forEach((box) => { box.checked = event.target.checked; });
    count(form);
  });
  on("reset", (event) => { const form = near(event, "[data-bulk]"); if (form) setTimeout(count, 0, form); });

  /* ---- Files: what is no page goes past htmx, so that the browser saves it ---- */

  const isFile = (link) => link.matches("[download], [data-download]") || /(\.(xlsx|csv|pdf|docx|zip|ics)|\/(pdf|docx))$/.test(link.pathname);
  on("click", (event) => { const link = near(event, "a[href]"); if (link && isFile(link)) event.stopPropagation(); }, true);
  on("submit", (event) => { if (event.target.hasAttribute("data-download")) event.stopPropagation(); }, true);

  /* ---- Forms: sent once, empty filters left out of the address, submit on change ---- */

  const release = (form) => {
    if (!form?.dataset.busy) return;
    delete form.dataset.busy;
    $$('[type=submit][aria-disabled], button[aria-disabled]', form).forEach((element) => element.removeAttribute("aria-disabled"));
    renew(form.dataset.refresh);
  };
  // A file was made and the page stands as it was: the part that tells of it is fetched anew, unless somebody writes there.
  const renew = (part) => {
    const old = part && $(part);
    if (!old || old.contains(document.activeElement) || $("input:checked:not([disabled])", old)) return;
    htmx.ajax("GET", location.pathname + location.search, { target: part, select: part, swap: "outerHTML", push: "false" });
  };
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" && !form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (form.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.busy = "1"; // the clicked button keeps its name, value and focus: it is only marked
    (event.submitter || $("[type=submit]", form))?.setAttribute("aria-disabled", "true");
    drafts.get(form)?.stop();
    setTimeout(release, form.hasAttribute("data-download") ? 2000 : 20000, form);
  }, true);
  on("htmx:finally:request", (event) => release(event.detail.ctx.sourceElement?.closest?.("form")));
  addEventListener("pageshow", () => $$("form[data-busy]").forEach(release));

  on("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
  on("change", (event) => {
    const form = near(event, "form[data-autosubmit]");
    if (form && !event.target.matches("[data-more], [data-select], [data-select-all]") && !isSuggesting(event.target)) form.requestSubmit();
  });
  const submitSoon = later(400, (form) => form.isConnected && form.requestSubmit());
  on("input", (event) => { const form = near(event, 'form[data-autosubmit="live"]'); if (form && event.target.type === "search") submitSoon(form); });

  /* ---- Drafts: <form data-draft="key">; the server puts them back when it renders the form ---- */

  const drafts = new WeakMap();
  const secret = "input[type=password], input[type=file], [data-nodraft]";
  const keepDraft = async (form) => {
    const data = new URLSearchParams();
    const skip = new Set($$(secret, form).map((field) => field.name));
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "idempotency_key" && !skip.has(name)) data.append(name, value);
    const status = $("[data-draft-status]", form);
    try {
      const answer = await fetch(`/drafts/${encodeURIComponent(form.dataset.draft)}`, { method: "POST", body: data, keepalive: true });
      if (!answer.ok) throw new Error(answer.status);
      drafts.get(form).dirty = false;
      if (status) status.textContent = t.draft(new Date().toLocaleTimeString(root.lang || "ru", { hour: "2-digit", minute: "2-digit" }));
    } catch { if (status) status.textContent = t.noDraft; }
  };
  const draftOf = (form) => {
    if (!drafts.has(form)) {
      const draft = { dirty: false, timer: 0 };
      draft.soon = () => { draft.dirty = true; clearTimeout(draft.timer); draft.timer = setTimeout(keepDraft, 1200, form); };
      draft.stop = () => { draft.dirty = false; clearTimeout(draft.timer); };
      drafts.set(form, draft);
    }
    return drafts.get(form);
  };
  for (const type of ["input", "change"]) on(type, (event) => { const form = near(event, "form[data-draft]"); if (form && !event.target.matches(secret)) draftOf(form).soon(); });
  const flush = () => $$("form[data-draft]").forEach((form) => { const draft = drafts.get(form); if (draft?.dirty) { clearTimeout(draft.timer); keepDraft(form); } });
  addEventListener("pagehide", flush);
  addEventListener("online", flush);
  on("htmx:before:swap", flush);

  /* ---- Paste from a spreadsheet into a table of fields [data-paste-grid] ---- */

  const cellsOf = (text) => { // tabs and newlines; a cell with a newline inside comes in quotes
    const rows = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
      const sign = text[i], row = rows[rows.length - 1], cell = row.length - 1;
      if (quoted) { if (sign === '"' && text[i + 1] === '"') { row[cell] += '"'; i++; } else if (sign === '"') quoted = false; else row[cell] += sign; }
      else if (sign === '"' && row[cell] === "") quoted = true;
      else if (sign === "\t") row.push("");
      else if (sign === "\n") rows.push([""]);
      else if (sign !== "\r") row[cell] += sign;
    }
    if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
    return rows;
  };
  const fieldsOf = (row) => $$("input:not([type=hidden], [type=checkbox], [type=submit]), select, textarea", row).filter((field) => !field.disabled && !field.readOnly);
  const put = (field, value) => {
    const text = value.trim().replace(/\s*\n\s*/g, " ");
    if (!(field instanceof HTMLSelectElement)) {
      const date = field.type === "date" && text.match(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/);
      field.value = date ? `${date[3]}-${date[2].padStart(2, "0")}-${date[1].padStart(2, "0")}` : field.type === "number" ? text.replace(/\s/g, "").replace(",", ".") : text;
      return;
    }
    const option = [...field.options].find((one) => one.value === text || one.text.trim().toLowerCase() === text.toLowerCase());
    if (option) field.value = option.value;
    else if (text && "words" in field.dataset) field.add(new Option(text, text, true, true), 1); // the server reads the words
  };
  let undoPaste = null;
  on("paste", (event) => {
    const grid = near(event, "[data-paste-grid]");
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!grid || !/[\t\n]/.test(text.replace(/\r?\n$/, "")) || event.target.matches("textarea")) return;
    event.preventDefault();
    const rows = cellsOf(text), body = event.target.closest("tbody"), start = event.target.closest("tr");
    const column = fieldsOf(start).indexOf(event.target), template = $("template", grid);
    const added = [], before = [];
    let row = start, done = 0, left = 0;
    rows.forEach((values, n) => {
      if (n) row = row && row.nextElementSibling;
      if (!row && template) { // one more row: {n} in names and ids becomes its number
        const holder = document.createElement("tbody");
        holder.innerHTML = template.innerHTML.replaceAll("{n}", String($$("tr", body).length));
        row = holder.firstElementChild; body.append(row); added.push(row);
      }
      if (!row) { left++; return; }
      const fields = fieldsOf(row);
      values.forEach((value, k) => { const field = fields[column + k]; if (field) { before.push([field, field.value]); put(field, value); done++; } });
    });
    const changed = () => grid.dispatchEvent(new Event("input", { bubbles: true }));
    undoPaste = () => {
      undoPaste = null;
      before.reverse().forEach(([field, value]) => { field.value = value; });
      added.forEach((one) => one.remove());
      changed(); say(t.undone); start.isConnected && event.target.focus();
    };
    changed();
    toast(t.pasted(done, left), left ? "bad" : "", () => undoPaste?.());
  });
  on("input", (event) => { if (near(event, "[data-paste-grid] :is(input, select, textarea)")) undoPaste = null; });
  on("keydown", (event) => { if (undoPaste && (event.ctrlKey || event.metaKey) && event.code === "KeyZ" && near(event, "[data-paste-grid]")) { event.preventDefault(); $("#toasts")?.replaceChildren(); undoPaste(); } });

  /* ---- Copy buttons: data-copy="text" or data-copy="#id" ---- */

  on("click", async (event) => {
    const copier = near(event, "[data-copy]");
    if (!copier) return;
    const source = copier.dataset.copy.startsWith("#") ? $(copier.dataset.copy) : null;
    try { await navigator.clipboard.writeText(source ? source.value ?? source.textContent : copier.dataset.copy); toast(t.copied); }
    catch { if (source) getSelection().selectAllChildren(source); toast(t.notCopied, "bad"); }
  });

  /* ---- Files: .drop around a native file field; its name and size are shown, data-max is in bytes ---- */

  const drag = (event) => { const zone = near(event, ".drop"); if (zone) { event.preventDefault(); zone.classList.toggle("over", event.type === "dragover"); } return zone; };
  on("dragover", drag);
  on("dragleave", drag);
  on("drop", (event) => {
    const zone = drag(event), input = zone && $("input[type=file]", zone);
    if (!input || !event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  on("change", (event) => {
    const input = event.target, zone = input.type === "file" && near(event, ".drop");
    if (!zone) return;
    const files = [...input.files], size = (bytes) => (bytes / 1048576).toLocaleString(root.lang || "ru", { maximumFractionDigits: 1 });
    const big = files.find((file) => file.size > Number(input.dataset.max || Infinity));
    input.setCustomValidity(big ? t.tooBig(big.name, size(Number(input.dataset.max))) : "");
    const output = $("output", zone);
    if (output) output.textContent = big ? input.validationMessage : files.map((file) => `${file.name}, ${size(Math.max(file.size, 52429))} МБ`).join("; ");
    output?.classList.toggle("err", Boolean(big));
  });

  /* ---- Quiz clock: <time data-until="2026-11-24T12:00:00Z">; the server decides, this only shows ---- */

  setInterval(() => $$("[data-until]").forEach((clock) => {
    const left = Math.max(0, Math.round((Date.parse(clock.dataset.until) - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 300 || left === 60) say(t.minutes(left / 60));
  }), 1000);

  $$("[data-bulk]").forEach(count);
  line();
})();

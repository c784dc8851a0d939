// Созвездие in the browser: only improvements. Every page works without this file.
(() => {
  "use strict";
  const say = (text) => {
    const live = document.getElementById("live");
    if (live) { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); }
  };

  // After a boosted navigation: name the page, put the focus on its heading, close the menu.
  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail.ctx;
    if (ctx?.target !== document.body) return;
    say(document.title);
    document.querySelector("h1[tabindex]")?.focus({ preventScroll: true });
  });
})();

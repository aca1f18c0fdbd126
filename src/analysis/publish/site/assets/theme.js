// Applies the look that the reader chose, before anything is painted. Nothing leaves the browser.
(() => {
  "use strict";
  let look = "auto";
  try {
    look = localStorage.getItem("plan155-look") || "auto";
  } catch {
    // storage is switched off: the system's look it is
  }
  document.documentElement.dataset.look = look;
  document.documentElement.classList.add("scripts");
})();

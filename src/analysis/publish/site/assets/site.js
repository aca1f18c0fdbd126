// What every page does where scripts run: the choice of look. Pages are whole without it.
(() => {
  "use strict";
  const choice = document.getElementById("look");
  if (!choice) return;
  choice.closest(".look").hidden = false;
  choice.value = document.documentElement.dataset.look;
  choice.addEventListener("change", () => {
    document.documentElement.dataset.look = choice.value;
    try {
      localStorage.setItem("plan155-look", choice.value);
    } catch {
      // it holds for this page alone
    }
    document.dispatchEvent(new CustomEvent("plan155:look"));
  });
})();

// Light, dark, or as the device: kept in this browser. Loaded before the page is drawn, so that it does not flash.
"use strict";
{
  const kept = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    for (const button of document.querySelectorAll("[data-sets-theme]"))
      button.setAttribute("aria-pressed", String(button.dataset.setsTheme === (theme || "device")));
  };
  apply(kept());
  document.addEventListener("DOMContentLoaded", () => apply(kept()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sets-theme]");
    if (!button) return;
    const theme = button.dataset.setsTheme;
    try { theme === "device" ? localStorage.removeItem("theme") : localStorage.setItem("theme", theme); } catch { /* kept nowhere */ }
    apply(theme);
  });
}

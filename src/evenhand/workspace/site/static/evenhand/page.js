// What a page does by itself: menus close, dialogs open, and what went wrong on the way to the server is said.
"use strict";
{
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog) { event.preventDefault(); dialog.showModal(); }
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog")?.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  // A filter that is chosen is applied; without a script there is a button.
  document.addEventListener("change", (event) => {
    if (event.target.closest("form[data-at-once]")) event.target.form.requestSubmit();
  });

  // Files dropped anywhere on a <label class="drop"> are those of its field, unless a page takes them itself.
  const dropAt = (event) => event.target.closest?.("label.drop");
  document.addEventListener("dragover", (event) => {
    const drop = dropAt(event);
    if (drop) { event.preventDefault(); drop.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => dropAt(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const drop = dropAt(event), field = drop?.querySelector("input[type=file]");
    if (!field || event.defaultPrevented) return;
    event.preventDefault();
    drop.classList.remove("over");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const say = (text) => {
    const said = document.getElementById("said");
    if (!said) return;
    const line = document.createElement("p");
    line.className = "error";
    line.textContent = text;
    said.replaceChildren(line);
    said.scrollIntoView({ block: "nearest" });
  };
  const words = {
    403: "You may not do this, or this page has been open for too long. Load it again.",
    404: "This is no longer there. Load the page again.",
    409: "Somebody else changed this meanwhile. Load the page again to see it; nothing was overwritten.",
    413: "The file is too large.",
    429: "Too many tries. Wait a minute.",
  };
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say(words[status] || `Nothing was saved: the server answered with ${status}. Try again; if it stays so, tell your administrator.`);
  });
  document.addEventListener("htmx:sendError", () => say("Nothing was saved: the server could not be reached. Try again."));
  document.addEventListener("htmx:timeout", () => say("No answer came in time. Try again."));
}

// Parts marked data-live ask for themselves anew when the server says that something changed.
"use strict";
{
  const open = new Map();
  const listen = () => {
    for (const [url, source] of open) {
      if (document.querySelector(`[data-live="${CSS.escape(url)}"]`)) continue;
      source.close();
      open.delete(url);
    }
    for (const part of document.querySelectorAll("[data-live]")) {
      const url = part.dataset.live;
      if (open.has(url)) continue;
      const source = new EventSource(url);
      source.addEventListener("changed", () => {
        for (const one of document.querySelectorAll(`[data-live="${CSS.escape(url)}"]`)) htmx.trigger(one, "refresh");
      });
      open.set(url, source);
    }
  };
  addEventListener("pagehide", () => { for (const source of open.values()) source.close(); open.clear(); });
  addEventListener("pageshow", listen);
  document.addEventListener("htmx:afterSettle", listen);
}

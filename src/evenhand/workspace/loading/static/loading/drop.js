// Files and folders dropped onto the field; a list of what was chosen; how much of it was sent.
"use strict";
{
  const form = document.getElementById("bring");
  const field = document.getElementById("files");
  const drop = form?.querySelector(".drop");
  const list = document.getElementById("chosen");
  const SHOWN = 50;

  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

  const show = () => {
    const files = [...field.files];
    const lines = files.slice(0, SHOWN).map((file) => `${file.name} (${size(file.size)})`);
    if (files.length > SHOWN) lines.push(`and ${files.length - SHOWN} more`);
    list.replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    list.hidden = !files.length;
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    const { most, files: count } = field.dataset;
    const over = files.length > Number(count) || whole > Number(most);
    field.setCustomValidity(over ? `${files.length} files of ${size(whole)} are too much at once. Send up to ${count} files and ${size(Number(most))}.` : "");
  };

  // A folder is read in goes of a hundred entries; hidden files are left out, as everywhere.
  const inside = async (entry) => {
    if (entry.name.startsWith(".")) return [];
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const entries = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!entries.length) return found;
      for (const one of entries) found.push(...(await inside(one)));
    }
  };

  if (form) {
    field.addEventListener("change", show);
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      const dropped = [...event.dataTransfer.files];
      const files = entries.length ? (await Promise.all(entries.map(inside))).flat() : dropped;
      const all = new DataTransfer();
      for (const file of [...field.files, ...files]) all.items.add(file);
      field.files = all.files;
      show();
    });

    const sent = document.getElementById("sent");
    const sending = document.getElementById("sending");
    form.addEventListener("htmx:xhr:progress", (event) => {
      if (!event.detail.lengthComputable) return;
      sent.hidden = false;
      sent.value = (100 * event.detail.loaded) / event.detail.total;
      sending.textContent = sent.value < 100 ? "Sending" : "Sent; being kept";
    });
    form.addEventListener("htmx:afterRequest", () => { sent.hidden = true; sending.textContent = ""; });
  }
}

// What a page can do beyond being read: copy a table or a text, and take files that are dropped on it.
"use strict";

// A table goes to the clipboard twice: as a table, which Word and Excel keep, and as text parted by tabs.
async function copyTable(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  const text = rows.map((row) => row.join("\t")).join("\n");
  const bare = document.createElement("table");
  for (const row of rows) {
    const line = bare.insertRow();
    for (const cell of row) line.insertCell().textContent = cell;
  }
  if (!window.ClipboardItem) return navigator.clipboard.writeText(text);
  return navigator.clipboard.write([
    new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([bare.outerHTML], { type: "text/html" }),
    }),
  ]);
}

function copyOnClick(button) {
  const before = button.closest(".tools").previousElementSibling;
  const table = before.querySelector("table");
  button.closest(".tools").hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await (table ? copyTable(table) : navigator.clipboard.writeText(before.querySelector("textarea").value));
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// Without this script the form is sent as it is; with it a long upload says how far it has come.
function sendWithProgress(form) {
  const bar = form.querySelector("progress");
  const status = form.querySelector("[role=status]");
  const sending = new XMLHttpRequest();
  bar.parentElement.hidden = false;
  sending.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  sending.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    status.textContent = status.dataset.reading;
  });
  sending.addEventListener("load", () => {
    const answer = new DOMParser().parseFromString(sending.responseText, "text/html");
    const main = answer.querySelector("main");
    const said = document.createElement("p");
    said.className = "fault";
    said.textContent = sending.responseText;
    document.querySelector("main").replaceChildren(...(main ? main.childNodes : [said]));
    document.querySelector("main").focus();
  });
  sending.addEventListener("error", () => form.submit());
  sending.open("POST", form.action);
  sending.send(new FormData(form));
}

function takeFiles(form) {
  const input = form.querySelector("input[type=file]");
  form.querySelector(".drop").hidden = false;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    input.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendWithProgress(form);
  });
}

document.querySelectorAll("button.copy").forEach(copyOnClick);
document.querySelectorAll("form.sends:has(progress)").forEach(takeFiles);

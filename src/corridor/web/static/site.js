// What a page can do beyond being read: copy a table or a text, take files that are dropped on it, and in a report show
// the figures at a mark of a chart and lead from it to their row.
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

// A chart stands over the table of its figures. A mark names the row it draws: what is shown is what the table prints.
function words(cell) {
  const bare = cell.cloneNode(true);
  bare.querySelectorAll("sup, .unit").forEach((part) => part.remove());
  return bare.textContent.trim();
}

function figuresOf(row, table) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  return [...row.cells].slice(1).map((cell, at) => {
    const unit = heads[at + 1].querySelector(".unit");
    const value = words(cell);
    return [words(heads[at + 1]), unit && /\d/.test(value) ? `${value} ${unit.textContent.trim()}` : value];
  });
}

function tipOf(name, figures) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.append(Object.assign(document.createElement("strong"), { textContent: name }));
  const list = tip.appendChild(document.createElement("dl"));
  for (const [head, value] of figures) {
    list.append(Object.assign(document.createElement("dt"), { textContent: head }));
    list.append(Object.assign(document.createElement("dd"), { textContent: value }));
  }
  return tip;
}

// Beside the mark, and where there is no room, on its other side: never over it.
function place(tip, mark) {
  const at = mark.getBoundingClientRect();
  const own = tip.getBoundingClientRect();
  const left = Math.min(Math.max(4, at.left + at.width / 2 - own.width / 2), innerWidth - own.width - 4);
  const above = at.top - own.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 0 ? above : Math.min(at.bottom + 8, innerHeight - own.height - 4)}px`;
}

// What is shown, on the whole page: one thing at a time.
let tip = null;

function hide() {
  if (tip) tip.remove();
  tip = null;
  document.querySelectorAll("[data-row].at").forEach((mark) => mark.classList.remove("at"));
}

// The mark under a pointer, or the nearest one a few pixels off: a point is small, and so is a short bar.
function nearest(marks, event) {
  let found = null;
  let least = 10;
  for (const mark of marks) {
    const box = mark.getBoundingClientRect();
    const away = Math.hypot(
      Math.max(box.left - event.clientX, 0, event.clientX - box.right),
      Math.max(box.top - event.clientY, 0, event.clientY - box.bottom),
    );
    if (mark === event.target) return mark;
    if (away < least) [found, least] = [mark, away];
  }
  return found;
}

function leadTo(row) {
  for (let fold = row.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  document.querySelectorAll("tr.led").forEach((other) => other.classList.remove("led"));
  row.classList.add("led");
  row.scrollIntoView({ block: "center" });
  const source = row.querySelector("button[popovertarget]");
  if (!source) row.tabIndex = -1;
  (source || row).focus({ preventScroll: true });
}

// One stop of the Tab key a chart; the arrows go from row to row, Enter leads to the row, Escape closes what is shown.
function explore(svg, table) {
  const rows = [...table.tBodies[0].rows];
  const marks = new Map();
  svg.querySelectorAll("[data-row]").forEach((mark) => {
    const at = Number(mark.dataset.row);
    if (rows[at]) marks.set(at, [...(marks.get(at) || []), mark]);
  });
  const order = [...marks.keys()].sort((one, other) => one - other);
  if (!order.length) return;
  const show = (at, mark) => {
    hide();
    tip = document.body.appendChild(tipOf(words(rows[at].cells[0]), figuresOf(rows[at], table)));
    tip.setAttribute("aria-hidden", "true");
    marks.get(at).forEach((each) => each.classList.add("at"));
    place(tip, mark);
  };
  const go = (from, step) => {
    const next = order[(order.indexOf(from) + step + order.length) % order.length];
    marks.get(from)[0].tabIndex = -1;
    marks.get(next)[0].tabIndex = 0;
    marks.get(next)[0].focus();
  };
  const keys = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  // The picture becomes a group, for what lies in a picture is not reached.
  svg.setAttribute("role", "group");
  for (const [at, own] of marks) {
    const first = own[0];
    const said = figuresOf(rows[at], table).map(([head, value]) => `${head}: ${value}`);
    first.setAttribute("role", "link");
    first.setAttribute("aria-label", [words(rows[at].cells[0]), ...said].join("; "));
    first.tabIndex = at === order[0] ? 0 : -1;
    first.addEventListener("focus", () => show(at, first));
    first.addEventListener("blur", hide);
    first.addEventListener("keydown", (event) => {
      if (event.key === "Enter") leadTo(rows[at]);
      else if (event.key === "Escape") hide();
      else if (keys[event.key]) go(at, keys[event.key]);
      else return;
      event.preventDefault();
    });
  }
  const all = [...marks.values()].flat();
  let under = null;
  svg.addEventListener("pointermove", (event) => {
    const mark = nearest(all, event);
    if (mark === under) return;
    under = mark;
    svg.style.cursor = mark ? "pointer" : "";
    if (mark) show(Number(mark.dataset.row), mark);
    else hide();
  });
  svg.addEventListener("pointerleave", () => {
    if (under) hide();
    under = null;
  });
  svg.addEventListener("click", (event) => {
    const mark = nearest(all, event);
    if (!mark) return;
    hide();
    leadTo(rows[Number(mark.dataset.row)]);
  });
}

function exploreAll(figure) {
  const table = figure.querySelector("details.data table");
  if (table) figure.querySelectorAll(".drawing > svg").forEach((svg) => explore(svg, table));
}

function printWeight(slider) {
  slider.addEventListener("input", () => { slider.nextElementSibling.value = slider.value; });
}

document.querySelectorAll(".weights input").forEach(printWeight);
document.querySelectorAll("button.copy").forEach(copyOnClick);
document.querySelectorAll("form.sends:has(progress)").forEach(takeFiles);
document.querySelectorAll("figure").forEach(exploreAll);

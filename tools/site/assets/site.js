"use strict";

// Search: every word that is typed must occur; the nearer to a name, the higher.

const root = document.body.dataset.root;
const field = document.getElementById("search");
const results = document.getElementById("results");
const most = 12;

const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
// createSource is one word, and also two.
const parts = (text) => plain(text.replace(/([a-z0-9])([A-Z])/g, "$1 $2"));

let rows;
function index() {
  rows ??= (window.searchIndex ?? []).map(([title, kind, path, names, text]) => ({
    title, kind, path, text,
    exact: [plain(title), ...names.split(" ").map(plain)],
    name: `${plain(title)} ${parts(title)} ${plain(names)} ${parts(names)}`,
    all: plain(text),
  }));
  return rows;
}

function score(row, query, words) {
  let sum = row.exact.includes(query) ? 100 : 0;
  for (const word of words) {
    if ((" " + row.name).includes(" " + word)) sum += 20;
    else if (row.name.includes(word)) sum += 10;
    else if (row.all.includes(word)) sum += 1;
    else return 0;
  }
  const rank = { Operation: 4, Guide: 3, Group: 3, Declaration: 2, Header: 2, Type: 1 };
  return sum + (rank[row.kind] ?? 0);
}

function find(text) {
  const query = plain(text);
  const words = query.split(" ").filter(Boolean);
  if (!words.length) return [];
  return index()
    .map((row) => [score(row, query, words), row])
    .filter(([points]) => points > 0)
    .sort((a, b) => b[0] - a[0] || a[1].title.length - b[1].title.length)
    .slice(0, most)
    .map(([, row]) => row);
}

function entry(row) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = root + row.path;
  const title = document.createElement("strong");
  title.textContent = row.title;
  const kind = document.createElement("span");
  kind.textContent = row.kind;
  const text = document.createElement("small");
  text.textContent = row.text.slice(0, 110);
  link.append(title, kind, text);
  item.append(link);
  return item;
}

function show() {
  const found = find(field.value);
  results.replaceChildren();
  results.hidden = !field.value.trim();
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  count.textContent = found.length ? `${found.length === most ? "The first " : ""}${found.length} found` : "Nothing found";
  const list = document.createElement("ul");
  list.append(...found.map(entry));
  results.append(count, list);
}

function move(step) {
  const links = [field, ...results.querySelectorAll("a")];
  const next = links[links.indexOf(document.activeElement) + step];
  next?.focus();
}

field.addEventListener("input", show);
field.addEventListener("focus", () => { if (field.value) show(); });
field.form.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && document.activeElement === field) {
    results.querySelector("a")?.click();
  } else if (event.key === "Escape") {
    field.value = "";
    show();
    field.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!field.form.contains(event.target)) results.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    field.focus();
  }
});

// The menu of a narrow window, and the theme.

const menu = document.getElementById("menu");
menu.addEventListener("click", () => {
  const open = document.body.classList.toggle("menu-open");
  menu.setAttribute("aria-expanded", String(open));
});

document.getElementById("theme").addEventListener("click", () => {
  const shown = document.documentElement.dataset.theme ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const next = shown === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("theme", next);
  } catch { /* it lasts for this page then */ }
});

// A button that copies, on each block of code.

for (const block of document.querySelectorAll("main .code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const text = block.querySelector("pre").textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  block.append(button);
}
document.querySelector("#navigation [aria-current]")?.scrollIntoView({ block: "nearest" });

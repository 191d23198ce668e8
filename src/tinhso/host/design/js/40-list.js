/* Officers' lists: J and K go down and up, X ticks, Enter opens, / searches, ? tells; all go off with one button. */
const ROW = "[data-list] .table__row";
const rowsOf = () => [...document.querySelectorAll(ROW)];
const rowHere = () => document.activeElement && document.activeElement.closest(ROW);
const linkOf = (row) => row.querySelector("th a[href], td a[href]");
const keysAreOn = () => memory.read("shortcuts") !== false;

const go = (by) => {
  const rows = rowsOf();
  if (!rows.length) return;
  const here = rows.indexOf(rowHere());
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
  const goal = linkOf(rows[next]) || rows[next].querySelector("[data-pick]");
  if (goal) goal.focus();
  const said = document.querySelector("[data-row-said]");
  const cells = [...rows[next].querySelectorAll("th, td:not(.table__pick)")].map((cell) => cell.innerText.replace(/\s+/g, " "));
  if (said) said.textContent = fill(said.dataset.textRow, { at: next + 1, of: rows.length, row: cells.join(", ") });
};
const tick = () => {
  const box = rowHere() && rowHere().querySelector("[data-pick]");
  if (box) box.click();
};
const enter = () => {
  const link = rowHere() && document.activeElement.matches("[data-pick]") && linkOf(rowHere());
  if (link) link.click();
  return Boolean(link);
};
const search = () => {
  const field = document.querySelector("[data-search]") || document.querySelector("input[type=search]");
  if (field) field.focus();
};
const tell = () => {
  const box = document.querySelector("[data-keys]");
  if (box && !box.open) box.showModal();
};
const KEYS = { j: () => go(1), k: () => go(-1), x: tick, Enter: enter, "/": search, "?": tell };
const ANYWHERE = ["/", "?"];

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])");
  if (event.ctrlKey || event.metaKey || event.altKey || typing || !keysAreOn()) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || document.querySelector("dialog[open]")) return;
  if (!ANYWHERE.includes(event.key) && !document.querySelector("[data-list]")) return;
  if (act() !== false) event.preventDefault();
});

const recount = () => {
  const boxes = [...document.querySelectorAll("[data-pick]")];
  const picked = boxes.filter((box) => box.checked).length;
  boxes.forEach((box) => box.closest("tr").classList.toggle("table__row--selected", box.checked));
  const all = document.querySelector("[data-pick-all]");
  if (all) {
    all.checked = boxes.length > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
  const bar = document.querySelector("[data-actions]");
  if (!bar) return;
  const count = bar.querySelector("[data-count]");
  if (count) count.textContent = picked ? fill(bar.dataset.textCount, { count: picked }) : bar.dataset.textNone;
  bar.querySelectorAll("button[form]").forEach((button) => {
    button.dataset.picked = picked ? `(${picked})` : "";
  });
  const toggle = bar.querySelector("[data-pick-toggle]");
  if (!toggle) return;
  toggle.hidden = !boxes.length;
  toggle.textContent = fill(picked ? toggle.dataset.textNone : toggle.dataset.textAll, { count: boxes.length });
};
const pickAll = (picked) => {
  document.querySelectorAll("[data-pick]").forEach((box) => {
    box.checked = picked;
  });
  recount();
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) pickAll(event.target.checked);
  else if (event.target.matches("[data-pick]")) recount();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) tell();
  if (event.target.closest("[data-pick-toggle]")) pickAll(!document.querySelector("[data-pick]:checked"));
});

const showKeys = () => {
  const button = document.querySelector("[data-shortcuts]");
  if (!button) return;
  button.textContent = keysAreOn() ? button.dataset.textOn : button.dataset.textOff;
  button.setAttribute("aria-pressed", String(keysAreOn()));
};
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-shortcuts]")) return;
  memory.write("shortcuts", !keysAreOn());
  showKeys();
});
starts.push(showKeys, () => document.querySelector("[data-pick]") && recount());

/* Officers' lists: J and K go down and up, X ticks, Enter opens, / searches; each can be switched off with one button. */
const rowsOf = () => [...document.querySelectorAll("[data-list] tbody tr")];
const rowHere = () => document.activeElement && document.activeElement.closest("[data-list] tbody tr");
const linkOf = (row) => row.querySelector("th a[href], td a[href]");
const keysAreOn = () => memory.read("shortcuts") !== false;

const go = (by) => {
  const rows = rowsOf();
  if (!rows.length) return;
  const here = rows.indexOf(rowHere());
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
  const goal = linkOf(rows[next]) || rows[next].querySelector("[data-pick]");
  if (goal) goal.focus();
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
const KEYS = { j: () => go(1), k: () => go(-1), x: tick, Enter: enter, "/": search };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])");
  if (event.ctrlKey || event.metaKey || event.altKey || typing || !keysAreOn()) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || (event.key !== "/" && !document.querySelector("[data-list]"))) return;
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
  const count = bar && bar.querySelector("[data-count]");
  if (count) count.textContent = picked ? fill(bar.dataset.textCount, { count: picked }) : bar.dataset.textNone;
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]"))
    document.querySelectorAll("[data-pick]").forEach((box) => {
      box.checked = event.target.checked;
    });
  if (event.target.matches("[data-pick-all], [data-pick]")) recount();
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

/* What every page may use. The parts are joined into one closed script; every word shown comes from data- attributes. */
const starts = [];
const begin = () => starts.forEach((start) => start());
const fill = (text, words) => (text || "").replace(/\{(\w+)\}/g, (all, name) => (name in words ? words[name] : all));
const clock = (moment) => {
  const time = new Date(moment);
  return `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
};

/* Small memory of this browser; a full or forbidden storage is the same as none. */
const memory = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(`tinhso:${key}`));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`tinhso:${key}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(`tinhso:${key}`);
    } catch {
      return;
    }
  },
  keys(start) {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(`tinhso:${start}`))
        .map((key) => key.slice(7));
    } catch {
      return [];
    }
  },
};

starts.push(() => {
  document.documentElement.classList.add("js");
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) close.closest(".banner").remove();
  if (event.target.closest("[data-print]")) window.print();
  const fault = event.target.closest(".govuk-error-summary a[href^='#']");
  const field = fault && document.getElementById(fault.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest("fieldset, .govuk-form-group") || field).scrollIntoView();
  field.focus({ preventScroll: true });
});

/* A second click sends nothing twice; the lock opens again when the page comes back. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-draft-url], [data-draft-local]")) return;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = "1";
  setTimeout(() => delete form.dataset.busy, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-busy]").forEach((form) => delete form.dataset.busy));

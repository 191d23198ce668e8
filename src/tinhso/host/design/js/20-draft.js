/* Drafts: what is typed is kept on the device at once and on the server soon after; what is sent without a network waits. */
const MONTH = 30 * 24 * 3600 * 1000;
const draftForms = () => [...document.querySelectorAll("form[data-draft-url]")];
const keyOf = (form) => `draft:${form.dataset.draftKey || form.getAttribute("action") || location.pathname}`;
const versionOf = (form) => form.dataset.draftVersion || "";
const timers = new WeakMap();

const say = (form, state, words = {}) => {
  const place = form.querySelector("[data-draft-state]");
  if (!place) return;
  const text = state[0].toUpperCase() + state.slice(1);
  place.dataset.state = state;
  place.textContent = fill(place.dataset[`text${text}`], { time: clock(Date.now()), ...words });
};

const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => {
    const field = form.elements[name];
    return typeof value === "string" && !(field && ["hidden", "password"].includes(field.type));
  });
const hasFiles = (form) => [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);

const keep = (form, more = {}) =>
  memory.write(keyOf(form), {
    at: Date.now(),
    base: versionOf(form),
    page: location.pathname + location.search,
    title: document.title,
    fields: fieldsOf(form),
    ...more,
  });

const ask = async (address, options) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 60000);
  try {
    return await fetch(address, { credentials: "same-origin", signal: stop.signal, ...options });
  } finally {
    clearTimeout(timer);
  }
};
const asksToSignIn = (answer) => answer.status === 401 || (answer.redirected && new URL(answer.url).searchParams.has("next"));
const tokenOf = (form) => (form.elements.csrfmiddlewaretoken || {}).value || "";

const save = async (form) => {
  const fields = fieldsOf(form);
  say(form, "saving");
  let answer;
  try {
    answer = await ask(form.dataset.draftUrl, {
      method: "POST",
      headers: { "X-CSRFToken": tokenOf(form), "X-Draft-Version": versionOf(form), Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
  } catch {
    say(form, "offline");
    return;
  }
  if (asksToSignIn(answer) || answer.status === 403) say(form, "expired");
  else if (answer.status === 409) say(form, "conflict");
  else if (!answer.ok) say(form, "offline");
  else await saved(form, answer, JSON.stringify(fields));
};

const saved = async (form, answer, sent) => {
  const told = await answer.json().catch(() => ({}));
  if (told.version !== undefined) form.dataset.draftVersion = told.version;
  if (JSON.stringify(fieldsOf(form)) === sent) memory.drop(keyOf(form));
  else keep(form);
  say(form, "saved", told.saved_at ? { time: told.saved_at } : {});
};

const saveSoon = (form) => {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), Number(form.dataset.draftDelay || 1500)));
};

const putBack = (form, fields) => {
  const left = new Map();
  fields.forEach(([name, value]) => left.set(name, [...(left.get(name) || []), value]));
  [...form.elements].forEach((field) => {
    if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type)) return;
    const values = left.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length) field.value = values.shift();
  });
};

const useCopy = (form, copy) => {
  putBack(form, copy.fields);
  say(form, "restored", { time: clock(copy.at) });
  if (!copy.queued) {
    saveSoon(form);
    return;
  }
  if (copy.key && form.elements.idempotency_key) form.elements.idempotency_key.value = copy.key;
  if (!copy.files) send(form, copy.button);
};

const offerCopy = (form, copy) => {
  say(form, "conflict", { time: clock(copy.at) });
  const place = form.querySelector("[data-draft-state]");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--link";
  button.textContent = place.dataset.textUse;
  button.addEventListener("click", () => useCopy(form, { ...copy, queued: false }));
  place.append(" ", button);
};

const restore = (form) => {
  const copy = memory.read(keyOf(form));
  if (!copy) return;
  const same = copy.base === versionOf(form);
  if (Date.now() - copy.at > MONTH || (!same && copy.sent && !copy.queued)) memory.drop(keyOf(form));
  else if (same || copy.queued) useCopy(form, copy);
  else offerCopy(form, copy);
};

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !form.matches("[data-draft-url]")) return;
  if (form.dataset.queued) {
    const { queued, sent, key, button } = memory.read(keyOf(form)) || {};
    keep(form, { queued, sent, key, button, files: hasFiles(form) });
    return;
  }
  keep(form);
  saveSoon(form);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  memory.keys("draft:").forEach((key) => (memory.read(key) || {}).queued || memory.drop(key));
});
starts.push(() => draftForms().forEach(restore));

/* Drafts: what is typed is kept on the device at once and on the server soon after; what is sent without a network waits. */
const MONTH = 30 * 24 * 3600 * 1000;
const DRAFTS = "form[data-draft-url], form[data-draft-local]";
const UNANSWERED_AT_MOST = 5;
const draftForms = () => [...document.querySelectorAll(DRAFTS)];
const keyOf = (form) => `draft:${form.dataset.draftKey || form.getAttribute("action") || location.pathname}`;
const versionOf = (form) => form.dataset.draftVersion || "";
const timers = new WeakMap();
const unanswered = new WeakMap(); // what was posted without an answer so far, as text: the server may have it
const isLocal = (form) => !form.dataset.draftUrl;

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
const textOf = (form) => JSON.stringify(fieldsOf(form));
const hasFiles = (form) => [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);

const keep = (form, more = {}) =>
  memory.write(keyOf(form), {
    at: Date.now(),
    base: versionOf(form),
    page: location.pathname + location.search,
    title: document.title,
    fields: fieldsOf(form),
    posted: unanswered.get(form) || [],
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

/* One at a time: an answer always belongs to the version it was asked with. */
const save = async (form) => {
  if (isLocal(form)) {
    say(form, "kept");
    return;
  }
  if (form.dataset.saving) {
    form.dataset.saveAgain = "1";
    return;
  }
  form.dataset.saving = "1";
  const sent = textOf(form);
  unanswered.set(form, [...(unanswered.get(form) || []), sent].slice(-UNANSWERED_AT_MOST));
  if (!form.dataset.busy && !form.dataset.queued) keep(form);
  say(form, "saving");
  await post(form, sent);
  delete form.dataset.saving;
  if (!form.dataset.saveAgain || !form.isConnected) return;
  delete form.dataset.saveAgain;
  saveSoon(form);
};

const post = async (form, sent) => {
  let answer;
  try {
    answer = await ask(form.dataset.draftUrl, {
      method: "POST",
      headers: { "X-CSRFToken": tokenOf(form), "X-Draft-Version": versionOf(form), Accept: "application/json" },
      body: new URLSearchParams(JSON.parse(sent)),
    });
  } catch {
    say(form, "offline");
    return;
  }
  if (!form.isConnected) return; // another page stands here by now; the copy is its own affair
  if (asksToSignIn(answer) || answer.status === 403) say(form, "expired");
  else if (answer.status === 409) await settle(form, answer);
  else if (!answer.ok) say(form, "offline");
  else await saved(form, answer, sent);
};

const saved = async (form, answer, sent) => {
  const told = await answer.json().catch(() => ({}));
  if (told.version !== undefined) form.dataset.draftVersion = told.version;
  unanswered.delete(form);
  if (form.dataset.busy || form.dataset.queued) return;
  const copy = memory.read(keyOf(form));
  if (textOf(form) !== sent) keep(form);
  else if (copy && JSON.stringify(copy.fields) === sent) memory.drop(keyOf(form));
  say(form, "saved", told.saved_at ? { time: told.saved_at } : {});
};

/* The server has another version. When it is one that this device sent itself, there is nothing to decide. */
const settle = async (form, answer) => {
  const told = await answer.json().catch(() => ({}));
  const there = await theirs(form);
  const own = [...(unanswered.get(form) || []).slice(0, -1), textOf(form)];
  const goOn = () => {
    form.dataset.draftVersion = told.version;
    keep(form);
    saveSoon(form);
  };
  if (told.version !== undefined && there && own.includes(there)) goOn();
  else offerCopy(form, memory.read(keyOf(form)) || { at: Date.now(), fields: fieldsOf(form) }, told.version);
};

const theirs = async (form) => {
  try {
    const answer = await ask(location.href, {});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const same = [...page.querySelectorAll(DRAFTS)].find((each) => keyOf(each) === keyOf(form));
    return same ? textOf(same) : null;
  } catch {
    return null;
  }
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

const offerCopy = (form, copy, version) => {
  say(form, "conflict", { time: clock(copy.at) });
  const place = form.querySelector("[data-draft-state]");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--link";
  button.textContent = place.dataset.textUse;
  button.addEventListener("click", () => {
    const typedHere = version === undefined ? copy : { ...copy, at: Date.now(), fields: fieldsOf(form) };
    if (version !== undefined) form.dataset.draftVersion = version;
    useCopy(form, { ...typedHere, queued: false });
  });
  place.append(" ", button);
};

const restore = (form) => {
  const copy = memory.read(keyOf(form));
  if (!copy) return;
  const posted = copy.posted || [];
  const there = textOf(form);
  const same = copy.base === versionOf(form) || posted.includes(there);
  const done = !copy.queued && JSON.stringify(copy.fields) === there;
  if (done || Date.now() - copy.at > MONTH || (!same && copy.sent && !copy.queued)) {
    memory.drop(keyOf(form));
    return;
  }
  unanswered.set(form, posted);
  if (same || copy.queued) useCopy(form, copy);
  else offerCopy(form, copy);
};

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !form.matches(DRAFTS)) return;
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

/* Sending a draft form: without a network it waits on the page and on the device, and goes again with the same key. */
let shown = location.pathname + location.search;

const show = (answer, text) => {
  const next = new DOMParser().parseFromString(text, "text/html");
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  document.body.replaceWith(document.adoptNode(next.body));
  if (answer.url !== location.href) history.pushState(null, "", answer.url);
  shown = location.pathname + location.search;
  window.scrollTo(0, 0);
  const main = document.getElementById("main");
  if (main) main.focus({ preventScroll: true });
  begin();
};

const bodyOf = (form, button) => {
  const body = new FormData(form);
  if (button) body.append(...button);
  return form.enctype === "multipart/form-data" ? body : new URLSearchParams([...body].filter(([, value]) => typeof value === "string"));
};

const wait = (form, kept) => {
  keep(form, { ...kept, queued: true });
  delete form.dataset.busy;
  form.dataset.queued = "1";
  say(form, "queued");
};

const send = async (form, button) => {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  clearTimeout(timers.get(form));
  const key = (form.elements.idempotency_key || {}).value || "";
  const kept = { sent: true, button, key, files: hasFiles(form) };
  keep(form, kept);
  say(form, "sending");
  let answer;
  let text;
  try {
    answer = await ask(form.action, { method: "POST", body: bodyOf(form, button), headers: key ? { "Idempotency-Key": key } : {} });
    text = await answer.text();
  } catch {
    wait(form, kept);
    return;
  }
  if ([502, 503, 504].includes(answer.status)) {
    wait(form, kept);
    return;
  }
  if (answer.status < 500 && answer.status !== 403 && !asksToSignIn(answer)) memory.drop(keyOf(form));
  if ((answer.headers.get("Content-Type") || "").includes("text/html")) show(answer, text);
  else location.assign(answer.url);
};

const again = () => {
  if (navigator.onLine === false) return;
  draftForms().forEach((form) => {
    const place = form.querySelector("[data-draft-state]");
    const copy = memory.read(keyOf(form)) || {};
    if (form.dataset.queued) send(form, copy.button);
    else if (place && place.dataset.state === "offline") save(form);
  });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(DRAFTS)) return;
  event.preventDefault();
  const button = event.submitter && event.submitter.name ? [event.submitter.name, event.submitter.value] : null;
  send(form, button);
});
window.addEventListener("online", again);
setInterval(again, 15000);
window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});
window.addEventListener("beforeunload", (event) => {
  if (draftForms().some((form) => form.dataset.queued && hasFiles(form))) event.preventDefault();
});

/* On any other page: what still waits on this device, with the way back to it. */
starts.push(() => {
  const place = document.querySelector("[data-draft-queue]");
  if (!place) return;
  const here = draftForms().map(keyOf);
  const waiting = memory.keys("draft:").filter((key) => !here.includes(key) && (memory.read(key) || {}).queued);
  place.hidden = !waiting.length;
  place.textContent = waiting.length ? place.dataset.text : "";
  waiting.forEach((key) => {
    const copy = memory.read(key);
    const link = document.createElement("a");
    link.href = copy.page;
    link.textContent = `${copy.title}: ${place.dataset.textOpen}`;
    place.append(" ", link);
  });
});

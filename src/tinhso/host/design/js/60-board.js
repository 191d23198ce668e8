/* Boards: tiles renew themselves without loading the page anew; a wall turns its pages and outlives a lost network. */
const SLOWEST = 60000;
const PATIENCE = 15000;
const MOMENTS = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" };
const DAYS = { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" };

const startBoard = (board) => {
  const every = Number(board.dataset.every) * 1000;
  const banner = document.querySelector("[data-lost]");
  const language = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
  const [times, days] = [MOMENTS, DAYS].map((parts) => new Intl.DateTimeFormat(language, parts));
  const pages = [...board.querySelectorAll("[data-wall-page]")];
  const state = { mark: "", failed: 0, heard: Date.now(), answers: 0, ahead: 0, timer: 0, asking: false };
  const moment = () => Date.now() + state.ahead;

  const say = (text) => {
    if (!banner) return;
    banner.hidden = !text;
    if (banner.textContent !== text) banner.textContent = text;
  };
  const lose = () => {
    state.failed += 1;
    board.classList.add("is-lost");
    say(fill(banner && banner.dataset.textLost, { time: times.format(state.heard + state.ahead) }));
  };
  const close = (status) => {
    state.failed = 10;
    state.mark = "";
    board.querySelectorAll("[data-slot]").forEach((slot) => {
      slot.replaceChildren();
      slot.dataset.version = "";
    });
    say(banner && (status === 410 ? banner.dataset.textWithdrawn : banner.dataset.textClosed));
  };

  const keepOpen = (old, fresh) => {
    const shown = [...old.querySelectorAll("details")];
    fresh.querySelectorAll("details").forEach((each, place) => {
      each.open = Boolean(shown[place] && shown[place].open);
    });
  };
  const renew = (text) => {
    const found = new DOMParser().parseFromString(text, "text/html");
    if (!found.querySelector("[data-tiles]")) throw new Error("these are no tiles");
    board.querySelectorAll("[data-slot]").forEach((slot) => {
      const tile = found.querySelector(`[data-tile="${slot.dataset.slot}"]`);
      const version = tile ? tile.dataset.version : "";
      if (slot.dataset.version === version || slot.contains(document.activeElement)) return;
      const fresh = tile ? document.importNode(tile, true) : document.createElement("div");
      keepOpen(slot, fresh);
      slot.replaceChildren(...fresh.childNodes);
      slot.dataset.version = version;
    });
  };

  const ask = async () => {
    const answer = await fetch(board.dataset.live, {
      headers: state.mark ? { "If-None-Match": state.mark } : {},
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if ([401, 403, 410].includes(answer.status)) return close(answer.status);
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.statusText);
    if (answer.status === 200) {
      renew(await answer.text());
      state.mark = board.contains(document.activeElement) ? "" : answer.headers.get("ETag") || "";
    }
    const told = Date.parse(answer.headers.get("Date"));
    if (told && Math.abs(told - moment()) > 1500) state.ahead = told - Date.now();
    Object.assign(state, { failed: 0, heard: Date.now(), answers: state.answers + 1 });
    board.dataset.answers = state.answers;
    board.classList.remove("is-lost");
    return say("");
  };
  const later = () => {
    clearTimeout(state.timer);
    const wait = Math.min(SLOWEST, every * 2 ** state.failed);
    state.timer = setTimeout(look, wait + (state.failed ? Math.random() * 1000 : 0));
  };
  async function look() {
    if (state.asking || (document.hidden && !pages.length)) return later();
    state.asking = true;
    try {
      await ask();
    } catch {
      lose();
    }
    state.asking = false;
    return later();
  }

  const tick = () => {
    const at = moment();
    const clockPlace = document.querySelector("[data-clock]");
    if (clockPlace) clockPlace.textContent = `${days.format(at)} · ${times.format(at)}`;
    board.querySelectorAll("[data-stale-after]").forEach((tile) => {
      const age = (at - Date.parse(tile.dataset.asOf)) / 1000;
      if (tile.dataset.staleAfter && age > Number(tile.dataset.staleAfter)) tile.classList.add("tile--stale");
    });
    const full = pages.filter((page) => page.querySelector(".tile"));
    if (!full.length) return;
    let place = Math.floor(at / 1000) % full.reduce((sum, page) => sum + Number(page.dataset.wallPage), 0);
    const up = full.find((page) => {
      place -= Number(page.dataset.wallPage);
      return place < 0;
    });
    pages.forEach((page) => {
      if (page.hidden !== (page !== up)) page.hidden = page !== up;
    });
  };
  const now = () => {
    clearTimeout(state.timer);
    look();
  };
  window.addEventListener("online", now);
  window.addEventListener("offline", now);
  document.addEventListener("visibilitychange", () => document.hidden || now());
  setInterval(tick, 1000);
  tick();
  later();
};

starts.push(() => {
  const board = document.querySelector("[data-live]");
  if (board) startBoard(board);
});

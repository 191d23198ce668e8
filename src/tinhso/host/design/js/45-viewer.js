/* Papers and drafts are looked at without leaving the page; where the browser cannot show PDF, links stay links. */
const shows = (link) => link.dataset.view === "image" || (link.dataset.view === "pdf" && navigator.pdfViewerEnabled);
const viewable = () => [...document.querySelectorAll("a[data-view]")].filter(shows);
const viewer = () => document.querySelector("dialog[data-viewer]");
let looked = null;

const boxOf = (link) => link.closest(".table__row") && link.closest(".table__row").querySelector("[data-pick]");
const look = (link) => {
  const box = viewer();
  const links = viewable();
  const at = links.indexOf(link);
  if (!box || at < 0) return;
  looked = link;
  const frame = document.createElement(link.dataset.view === "image" ? "img" : "iframe");
  frame.src = link.href;
  frame[link.dataset.view === "image" ? "alt" : "title"] = link.dataset.viewTitle;
  frame.className = "viewer__frame";
  box.querySelector("[data-viewer-frame]").replaceChildren(frame);
  box.querySelector("[data-viewer-title]").textContent = link.dataset.viewTitle;
  const place = box.querySelector("[data-viewer-place]");
  place.textContent = links.length > 1 ? fill(place.dataset.text, { at: at + 1, of: links.length }) : "";
  box.querySelector("[data-viewer-alone]").href = link.href;
  box.querySelectorAll("[data-viewer-go]").forEach((button) => {
    button.hidden = links.length < 2;
    button.disabled = !links[at + Number(button.dataset.viewerGo)];
  });
  const pick = box.querySelector("[data-viewer-pick]");
  const row = boxOf(link);
  pick.closest("label").hidden = !row;
  pick.checked = Boolean(row && row.checked);
  if (!box.open) box.showModal();
};
const lookOn = (by) => {
  const links = viewable();
  const next = links[links.indexOf(looked) + by];
  if (next) look(next);
};
const pickLooked = (picked) => {
  const box = boxOf(looked);
  if (!box) return;
  box.checked = picked;
  viewer().querySelector("[data-viewer-pick]").checked = picked;
  recount();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view]");
  if (link && shows(link) && viewer() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    look(link);
  }
  const go = event.target.closest("[data-viewer-go]");
  if (go) lookOn(Number(go.dataset.viewerGo));
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-viewer-pick]")) pickLooked(event.target.checked);
});
document.addEventListener("keydown", (event) => {
  if (!viewer() || !viewer().open || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
  const key = event.key.toLowerCase();
  if (["j", "arrowright"].includes(key)) lookOn(1);
  else if (["k", "arrowleft"].includes(key)) lookOn(-1);
  else if (key === "x" && boxOf(looked)) pickLooked(!boxOf(looked).checked);
  else return;
  event.preventDefault();
});
starts.push(() => {
  const box = viewer();
  if (!box) return;
  box.addEventListener("close", () => {
    box.querySelector("[data-viewer-frame]").replaceChildren();
    if (looked && looked.isConnected) looked.focus();
  });
});
KEYS.p = () => {
  const link = rowHere() && rowHere().querySelector("a[data-view]");
  if (link) link.click();
  return Boolean(link);
};

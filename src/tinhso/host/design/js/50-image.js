/* Photographs are made upright and small on the device before they travel; a file over the limit is refused at once. */
const megabytes = (bytes) => `${(bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

const shrink = async (file, side) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || !window.createImageBitmap) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < 400000) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
};

document.addEventListener("change", async (event) => {
  const field = event.target;
  if (!field.matches("input[type=file]") || !field.files.length) return;
  const place = document.querySelector(`[data-file-state="${field.id}"]`);
  const chosen = [...field.files];
  const side = Number(field.dataset.shrink || 0);
  const limit = Number(field.dataset.maxBytes || 0);
  const made = side ? await Promise.all(chosen.map((file) => shrink(file, side).catch(() => file))) : chosen;
  const large = limit && made.find((file) => file.size > limit);
  let text = "";
  if (large) {
    text = fill(field.dataset.textLarge, { name: large.name, before: megabytes(large.size), limit: megabytes(limit) });
    field.value = "";
  } else if (made.some((file, number) => file !== chosen[number])) {
    const box = new DataTransfer();
    made.forEach((file) => box.items.add(file));
    field.files = box.files;
    const sum = (files) => megabytes(files.reduce((total, file) => total + file.size, 0));
    text = fill(field.dataset.textSmall, { before: sum(chosen), after: sum(made) });
  }
  if (place) place.textContent = text;
});

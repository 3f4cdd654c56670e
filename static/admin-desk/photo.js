// The photo's form: shows a chosen file before it is saved, and picks its focal point.
const desk = document.querySelector("[data-photo-focus]");
const across = document.getElementById("id_focus_x");
const down = document.getElementById("id_focus_y");

if (desk && across && down) {
  const whole = desk.querySelector(".photo-focus-whole img");
  const marker = desk.querySelector(".photo-focus-marker");
  const crop = desk.querySelector(".photo-focus-crop");
  const cut = crop.querySelector("img");
  const file = document.getElementById("id_file");
  const within = (value) => Math.min(100, Math.max(0, Math.round(value) || 0));

  // As articles/library/renditions.py cuts: the focal point in the middle, unless edges forbid.
  const start = (percent, kept) => Math.min(Math.max(0, percent / 100 - kept / 2), 1 - kept);

  function show() {
    if (!whole.naturalWidth) return;
    const ratio = whole.naturalWidth / whole.naturalHeight / 1.5;
    const width = Math.min(1, 1 / ratio);
    const height = Math.min(1, ratio);
    marker.style.left = `${within(across.value)}%`;
    marker.style.top = `${within(down.value)}%`;
    cut.style.width = `${100 / width}%`;
    cut.style.left = `${(-100 * start(within(across.value), width)) / width}%`;
    cut.style.top = `${(-100 * start(within(down.value), height)) / height}%`;
  }

  function ready() {
    cut.src = whole.src;
    whole.hidden = marker.hidden = crop.hidden = false;
    show();
  }

  function move(x, y) {
    across.value = within(x);
    down.value = within(y);
    show();
  }

  function follow(event) {
    const box = whole.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  }

  whole.draggable = false;
  whole.parentElement.addEventListener("pointerdown", (event) => {
    if (!whole.naturalWidth) return;
    whole.parentElement.setPointerCapture(event.pointerId);
    follow(event);
    marker.focus();
    event.preventDefault();
  });
  whole.parentElement.addEventListener("pointermove", (event) => {
    if (event.buttons) follow(event);
  });
  marker.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    move(Number(across.value) + way[0] * step, Number(down.value) + way[1] * step);
  });
  for (const input of [across, down]) input.addEventListener("input", show);
  whole.addEventListener("load", ready);
  if (whole.complete && whole.naturalWidth) ready();

  file?.addEventListener("change", () => {
    const [chosen] = file.files;
    if (!chosen) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      whole.src = reader.result;
    });
    reader.readAsDataURL(chosen);
  });
}

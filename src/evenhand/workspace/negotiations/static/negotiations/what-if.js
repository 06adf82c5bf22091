// A slider and the number beside it are one: moving either moves the other. The number is what is sent.
"use strict";
document.addEventListener("input", (event) => {
  const slider = event.target.closest("input[type=range][data-moves]");
  if (slider) document.getElementById(slider.dataset.moves).value = slider.value;
  else if (event.target.matches("#what-if input[type=number]")) {
    const other = document.querySelector(`input[type=range][data-moves="${event.target.id}"]`);
    if (other) other.value = event.target.value || 0;
  }
}, true);

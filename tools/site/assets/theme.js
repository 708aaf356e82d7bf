// Before anything is drawn: the theme that was chosen here before, if any.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* a browser without storage follows the system */ }
document.documentElement.classList.add("js");

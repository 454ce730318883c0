// Times in the zone of the browser: in the form of a note, and where a time was written in UTC.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const part of document.querySelectorAll("[data-schedule]")) {
  const time = part.querySelector("[type=datetime-local]");
  const select = part.querySelector("select");
  const known = [...select.options].some((option) => option.value === zone);
  if (known && select.value === "UTC") {
    if (time.value) {
      const moment = new Date(`${time.value}Z`);
      const local = new Date(moment - moment.getTimezoneOffset() * 60000);
      time.value = local.toISOString().slice(0, 16);
    }
    select.value = zone;
  }
}

for (const time of document.querySelectorAll("time[data-local]")) {
  const language = document.documentElement.lang;
  const format = { dateStyle: "medium", timeStyle: "short" };
  time.textContent = new Date(time.dateTime).toLocaleString(language, format);
}

// The browser of stories and pictures.

/** What keeps Chromium from looking for the outside world, and what a container's root needs. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const browserOptions = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args };

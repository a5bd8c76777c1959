import { createStore } from '@/design/store';

const STORED = 'guildhall.sounds';

/** Whether this device makes a sound when something is told; off until somebody wants it. */
export const sounds = createStore(localStorage.getItem(STORED) === 'true');
sounds.subscribe(() => localStorage.setItem(STORED, String(sounds.get())));

/** Two short notes, made here: nothing is loaded for them. */
export function chime() {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  for (const [at, pitch] of [660, 880].entries()) {
    const note = audio.createOscillator();
    note.frequency.value = pitch;
    note.connect(volume);
    note.start(audio.currentTime + at * 0.12);
    note.stop(audio.currentTime + 0.5);
  }
  setTimeout(() => void audio.close(), 1000);
}

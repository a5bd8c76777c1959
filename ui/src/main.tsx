import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/base.css';
import { onSignedOut } from './api';
import { App } from './app/App';
import { comingBackTo, paths } from './app/paths';
import { queryClient } from './app/queryClient';
import { router } from './app/router';
import { loadMe, meOptions } from './app/session';
import { activateLocale, preferredLocale } from './i18n';

// Asked for at once, beside the messages; the routes find the answer in the cache.
loadMe().catch(() => undefined);
await activateLocale(preferredLocale());

let leaving = false;
onSignedOut(() => {
  if (leaving || !queryClient.getQueryData(meOptions.queryKey)) return;
  leaving = true;
  const search = comingBackTo(router.state.location.href);
  // First away, then forget: a screen that still stands would ask for the account again.
  void router.navigate({ to: paths.login, search }).finally(() => {
    queryClient.clear();
    leaving = false;
  });
});

createRoot(document.getElementById('root')!).render(<App />);

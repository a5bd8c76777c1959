import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/base.css';
import { onSignedOut } from './api';
import { App } from './app/App';
import { queryClient } from './app/queryClient';
import { router } from './app/router';
import { loadMe, meOptions } from './app/session';
import { activateLocale, preferredLocale } from './i18n';

// Asked for at once, beside the messages; the routes find the answer in the cache.
loadMe().catch(() => undefined);
await activateLocale(preferredLocale());

onSignedOut(() => {
  if (!queryClient.getQueryData(meOptions.queryKey)) return;
  queryClient.clear();
  void router.invalidate();
});

createRoot(document.getElementById('root')!).render(<App />);

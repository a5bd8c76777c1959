import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Toaster, TooltipProvider } from '@/design';
import { i18n } from '@/i18n';
import { ConfirmIdentity } from './ConfirmIdentity';
import { queryClient } from './queryClient';
import { router } from './router';

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider delayDuration={500} skipDelayDuration={200}>
          <RouterProvider router={router} />
          <ConfirmIdentity />
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}

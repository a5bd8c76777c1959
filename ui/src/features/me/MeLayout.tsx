import { Outlet } from '@tanstack/react-router';

export default function MeLayout() {
  return <Outlet />;
}

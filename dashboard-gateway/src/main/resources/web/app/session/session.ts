import { api, type Session } from '../api';

let current: Session | null = null;

export async function loadSession(): Promise<Session | null> {
  current = await api.session();
  return current;
}

/** Whether the signed-in person may act, not only look. The server decides; this only hides what it would refuse. */
export function mayAct(): boolean {
  return current?.role === 'operator' || current?.role === 'admin';
}

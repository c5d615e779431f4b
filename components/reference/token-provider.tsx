'use client';

import { createContext, use, useState, type ReactNode } from 'react';

type TokenState = { token: string; setToken: (token: string) => void };

const TokenContext = createContext<TokenState>({ token: '', setToken: () => undefined });

/** Holds the token of "Try it" while these pages are open; it is stored nowhere. */
export function TokenProvider({ children }: { children: ReactNode }) {
  const [token, setToken] = useState('');
  return <TokenContext value={{ token, setToken }}>{children}</TokenContext>;
}

export function useTypedToken(): TokenState {
  return use(TokenContext);
}

import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import {
  Alert,
  Button,
  Card,
  CardBody,
  Container,
  Flex,
  Text,
} from '@backstage/ui';
import { useEffect, useMemo, useState } from 'react';
import { type DemoAccount, readDemoAccounts } from './demoAccounts';
import { DemoIdentity } from './DemoIdentity';
import styles from './DemoSignInPage.module.css';
import {
  forgetAccount,
  rememberAccount,
  rememberedAccount,
} from './rememberedAccount';

export const DemoSignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const config = useApi(configApiRef);
  const discovery = useApi(discoveryApiRef);
  const accounts = useMemo(() => readDemoAccounts(config), [config]);
  const [error, setError] = useState<string>();
  const [chosen, setChosen] = useState<DemoAccount | undefined>(() =>
    accounts.find(a => a.entityRef === rememberedAccount()),
  );

  useEffect(() => {
    if (!chosen) return;
    DemoIdentity.create({
      discovery,
      account: chosen,
      onSignOut: forgetAccount,
    }).then(
      identity => {
        rememberAccount(chosen.entityRef);
        onSignInSuccess(identity);
      },
      (cause: Error) => {
        forgetAccount();
        setChosen(undefined);
        setError(`Signing in as ${chosen.title} failed: ${cause.message}`);
      },
    );
  }, [chosen, discovery, onSignInSuccess]);

  if (chosen) {
    return (
      <Container className={styles.page}>
        <Text role="status">Signing in as {chosen.title} …</Text>
      </Container>
    );
  }
  return (
    <Container className={styles.page}>
      <main>
        <Flex direction="column" gap="6">
          <Flex direction="column" gap="1">
            <Text as="h1" variant="title-medium" weight="bold">
              {config.getOptionalString('app.title') ?? 'Backstage'}
            </Text>
            <Text color="secondary">
              Choose who you are. Signing out lets you change it.
            </Text>
          </Flex>
          {error && <Alert status="danger" icon title={error} />}
          <ul className={styles.accounts}>
            {accounts.map(account => (
              <li key={account.entityRef}>
                <Card className={styles.account}>
                  <CardBody>
                    <Flex direction="column" gap="3" justify="between">
                      <Flex direction="column" gap="1">
                        <Text as="h2" variant="title-x-small" weight="bold">
                          {account.title}
                        </Text>
                        <Text color="secondary">{account.description}</Text>
                      </Flex>
                      <Button
                        variant={
                          account.provider === 'guest' ? 'primary' : 'secondary'
                        }
                        onPress={() => setChosen(account)}
                      >
                        Enter as {account.title}
                      </Button>
                    </Flex>
                  </CardBody>
                </Card>
              </li>
            ))}
          </ul>
        </Flex>
      </main>
    </Container>
  );
};

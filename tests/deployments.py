"""What tests deploy: the usual settings, a token to pay with, and every method of the oracle."""

from dao_client.deploying import DeploymentSettings
from dao_client.encoding import method_hash
from oracle.aggregate import TASK_METHODS

TEST_SETTINGS = DeploymentSettings(
    methods=tuple(method_hash(each.method) for each in TASK_METHODS.values()),
    has_payment_token=True,
)

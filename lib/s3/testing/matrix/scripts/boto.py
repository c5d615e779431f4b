import json
import sys

import boto3
from botocore.config import Config

endpoint, host, bucket, region, access_key, secret = sys.argv[1:7]
s3 = boto3.client(
    "s3",
    endpoint_url=endpoint,
    region_name=region,
    aws_access_key_id=access_key,
    aws_secret_access_key=secret,
    config=Config(s3={"addressing_style": "path"}),
)


def perform(op, key, file):
    if op == "put":
        s3.upload_file(file, bucket, key)
    elif op == "get":
        s3.download_file(bucket, key, file)
    elif op == "list":
        page = s3.list_objects_v2(Bucket=bucket, Prefix=key)
        return [entry["Key"] for entry in page.get("Contents", [])]
    elif op == "size":
        return s3.head_object(Bucket=bucket, Key=key)["ContentLength"]
    else:
        s3.delete_object(Bucket=bucket, Key=key)


for line in sys.stdin:
    request = json.loads(line)
    try:
        value = perform(request["op"], request["key"], request.get("file"))
        answer = {"ok": True, "value": value}
    except Exception as error:
        answer = {"ok": False, "error": str(error)}
    print(json.dumps(answer), flush=True)

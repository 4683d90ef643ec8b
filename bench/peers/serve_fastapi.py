"""The same model behind FastAPI: the bundle's bends, scales, rotation and centres as a scikit-learn pipeline. Run by uvicorn, CLIENTELE_BUNDLE names the bundle's folder.

What is fast here is taken: async (no thread pool), one pass that gives all distances, a plain JSON response (nothing is validated again), uvloop and httptools.
It answers what a distance tells: segment, persona, distance, confidence, second nearest. Ours also says whether a customer is an outlier, and why the segment.
"""
import json
import os
from pathlib import Path
from typing import Optional

import numpy as np
from fastapi import FastAPI
from fastapi.responses import JSONResponse, UJSONResponse
from pydantic import BaseModel, create_model
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, StandardScaler

try:
    import ujson  # noqa: F401

    Answer = UJSONResponse
except ImportError:
    Answer = JSONResponse

model = json.loads(Path(os.environ["CLIENTELE_BUNDLE"], "model.json").read_text())
space, columns = model["space"], model["space"]["columns"]


def fitted(transform, **state):
    for name, value in state.items():
        setattr(transform, name, value)
    transform.n_features_in_ = len(columns)
    return transform


bend = fitted(PowerTransformer(standardize=False), lambdas_=np.array(space["yeo_johnson"]["lambdas"]))
means, scales = np.array(space["standard"]["means"]), np.array(space["standard"]["scales"])
scale = fitted(StandardScaler(), mean_=means, scale_=scales, var_=scales**2)
rotation = np.array(space["components"]["components"])
rotate = fitted(PCA(), mean_=np.array(space["components"]["mean"]), components_=rotation, n_components_=len(rotation), explained_variance_=np.array(space["components"]["variances"]))
centres = np.array(model["clusters"]["centres"])
nearest = KMeans(n_clusters=len(centres), init=centres, n_init=1, max_iter=1).fit(centres)
nearest.cluster_centers_ = centres
pipeline = make_pipeline(bend, scale, rotate, nearest)
personas = [segment["persona"] for segment in model["segments"]]

Features = create_model("Features", **{name: (float, ...) for name in columns})


class Ask(BaseModel):
    id: Optional[str] = None
    features: Features


app = FastAPI(openapi_url=None)


@app.post("/api/v1/predict")
async def predict(ask: Ask):
    features = ask.features
    distances = pipeline.transform(np.array([[getattr(features, name) for name in columns]]))[0]
    own, second = (int(label) for label in np.argsort(distances)[:2])
    d1, d2 = float(distances[own]), float(distances[second])
    return Answer({
        "id": ask.id, "segment": own + 1, "persona": personas[own], "distance": d1, "confidence": d2 / (d1 + d2) if d1 + d2 > 0 else 1.0,
        "second_nearest": {"segment": second + 1, "persona": personas[second], "distance": d2}, "model": "shop", "model_version": 1,
    })


@app.get("/ready")
async def ready():
    return Answer({"ready": True})

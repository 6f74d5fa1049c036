#include <ndis.h>

static NDIS_HANDLE DriverHandle;

// Each handler is set in some arm, joined by a comma, or chosen by `?:`.
NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6, chars.MinorNdisVersion = 30;
    chars.InitializeHandlerEx = isNew ? MPInitialize : MPInitializeOld;
    chars.HaltHandlerEx = MPHalt, chars.UnloadHandler = MPUnload;
    chars.PauseHandler = MPPause, chars.RestartHandler = MPRestart, chars.OidRequestHandler = MPOidRequest;
    switch (NdisGetVersion())
    {
    case NDIS_RUNTIME_VERSION_60:
        chars.SendNetBufferListsHandler = MPSendOld;
        chars.CancelSendHandler = NULL;
        break;
    default:
        chars.SendNetBufferListsHandler = MPSend;
        chars.CancelSendHandler = MPCancelSend;
        break;
    }
    if (isNew)
    {
        chars.ReturnNetBufferListsHandler = MPReturn;
        chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotify;
    }
    if (!isNew)
    {
        chars.ReturnNetBufferListsHandler = MPReturnOld;
        chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotifyOld;
    }
    (chars).ShutdownHandlerEx = (MINIPORT_SHUTDOWN_HANDLER)&MPShutdown;
    (&chars)->CancelOidRequestHandler = MPCancelOidRequest;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

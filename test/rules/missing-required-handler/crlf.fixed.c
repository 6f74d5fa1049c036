#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
MINIPORT_RESTART MPRestart;

static NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    chars.PauseHandler = MPPause;
    chars.OidRequestHandler = MPOidRequest;
    chars.SendNetBufferListsHandler = MPSendNetBufferLists;
    chars.ReturnNetBufferListsHandler = MPReturnNetBufferLists;
    chars.CancelSendHandler = MPCancelSend;
    chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotify;
    chars.ShutdownHandlerEx = MPShutdown;
    chars.CancelOidRequestHandler = MPCancelOidRequest;
    chars.RestartHandler = MPRestart;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

_Use_decl_annotations_
NDIS_STATUS MPRestart(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;

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

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    //                                                                   ^^^^^^ error missing-required-handler: required handler 'RestartHandler' is not set in 'chars' before 'NdisMRegisterMiniportDriver'
}

// example: Handlers with other parameters than NDIS passes
//- driver.c rule=missing-role-type=off
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

VOID MPHalt(NDIS_HANDLE MiniportAdapterContext)
   //^^^^^^ warning handler-signature-mismatch: 'MPHalt' has 1 parameter, 'MINIPORT_HALT' has 2: (NDIS_HANDLE, NDIS_HALT_ACTION)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
}

static NDIS_STATUS
MPPause(IN PVOID AdapterContext, IN PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
//<^^^^^^^ warning handler-signature-mismatch: parameter 2 of 'MPPause' is 'PNDIS_MINIPORT_RESTART_PARAMETERS', 'MINIPORT_PAUSE' has 'PNDIS_MINIPORT_PAUSE_PARAMETERS'
{
    return NDIS_STATUS_SUCCESS;
}

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
    chars.RestartHandler = MPRestart;
    chars.OidRequestHandler = MPOidRequest;
    chars.SendNetBufferListsHandler = MPSendNetBufferLists;
    chars.ReturnNetBufferListsHandler = MPReturnNetBufferLists;
    chars.CancelSendHandler = MPCancelSend;
    chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotify;
    chars.ShutdownHandlerEx = MPShutdown;
    chars.CancelOidRequestHandler = MPCancelOidRequest;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

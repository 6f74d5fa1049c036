//- driver.c
#include "filter.h"

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.FriendlyName = FriendlyName;
    chars.UniqueName = UniqueName;
    chars.ServiceName = ServiceName;
    chars.AttachHandler = lwf_attach;
    chars.DetachHandler = lwf_detach;
    chars.PauseHandler = lwf_pause;
    chars.OidRequestHandler = lwf_oid_request;
    chars.RestartHandler = lwf_restart;
    chars.OidRequestCompleteHandler = lwf_oid_request_complete;
    DriverObject->DriverUnload = lwf_unload;
    return NdisFRegisterFilterDriver(DriverObject, DriverObject, &chars, &FilterDriverHandle);
}
//- filter.h
#include <ndis.h>

extern NDIS_HANDLE FilterDriverHandle;
extern NDIS_STRING FriendlyName, UniqueName, ServiceName;

DRIVER_INITIALIZE   DriverEntry;
DRIVER_UNLOAD       lwf_unload;
FILTER_ATTACH       lwf_attach;
FILTER_DETACH       lwf_detach;   // frees the module
FILTER_PAUSE        lwf_pause;
FILTER_OID_REQUEST  lwf_oid_request;
FILTER_RESTART      lwf_restart;
FILTER_OID_REQUEST_COMPLETE lwf_oid_request_complete;

#define LWF_TAG 'fwLF'
//- handlers.c
#include "filter.h"

NDIS_HANDLE FilterDriverHandle;

_Use_decl_annotations_
VOID
lwf_unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
	NdisFDeregisterFilterDriver(FilterDriverHandle);
}

_Use_decl_annotations_
NDIS_STATUS
lwf_attach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
	return NDIS_STATUS_FAILURE;
}

_Use_decl_annotations_
VOID
lwf_detach(NDIS_HANDLE FilterModuleContext)
{
	UNREFERENCED_PARAMETER(FilterModuleContext);
}

_Use_decl_annotations_
NDIS_STATUS
lwf_pause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
	return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
lwf_oid_request(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST Request)
{
	return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
NDIS_STATUS
lwf_restart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
	UNREFERENCED_PARAMETER(FilterModuleContext);
	UNREFERENCED_PARAMETER(RestartParameters);

	return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
lwf_oid_request_complete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
	UNREFERENCED_PARAMETER(FilterModuleContext);
	UNREFERENCED_PARAMETER(OidRequest);
	UNREFERENCED_PARAMETER(Status);

	// free the clone with NdisFreeCloneOidRequest, then complete the original with NdisFOidRequestComplete
}

static VOID
lwf_trace(VOID)
{
}

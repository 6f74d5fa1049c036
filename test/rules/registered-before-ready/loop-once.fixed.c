#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;
static LIST_ENTRY ModuleList;
static KEVENT ModulesGone;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_ATTACH FilterAttach;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    do {
        FillCharacteristics(&chars);
        // Everything that attaches is kept here.
        InitializeListHead(&ModuleList);
        KeInitializeEvent(&ModulesGone,
                          NotificationEvent,
                          TRUE);
        status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }

    } while (FALSE);
    return status;
}

NDIS_STATUS FilterAttach(NDIS_HANDLE Filter, NDIS_HANDLE Context, PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    PLIST_ENTRY module = AttachModule(Filter, Context, Parameters);

    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    InsertTailList(&ModuleList, module);
    KeClearEvent(&ModulesGone);
    return NDIS_STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}

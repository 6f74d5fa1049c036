// A HID minidriver: every entry that hidclass takes over is set before it registers, which is the last step.

#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_UNLOAD HidUnload;
DRIVER_DISPATCH HidInternalDeviceControl;
DRIVER_DISPATCH HidPnP;
DRIVER_DISPATCH HidPower;
DRIVER_DISPATCH HidPassThrough;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, HidUnload)
#pragma alloc_text(PAGE, HidAddDevice)
#endif

typedef struct _DEVICE_EXTENSION {
    LIST_ENTRY Link;
} DEVICE_EXTENSION, *PDEVICE_EXTENSION;

static FAST_MUTEX DeviceLock;
static LIST_ENTRY DeviceList;

static PDEVICE_EXTENSION ExtensionOf(_In_ PDEVICE_OBJECT DeviceObject)
{
    return (PDEVICE_EXTENSION)((PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension)->MiniDeviceExtension;
}

_Use_decl_annotations_
NTSTATUS DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration;
    NTSTATUS status;

    InitializeListHead(&DeviceList);
    ExInitializeFastMutex(&DeviceLock);

    // hidclass takes these over when the minidriver registers: all must be set before
    DriverObject->DriverExtension->AddDevice = HidAddDevice;
    DriverObject->DriverUnload = HidUnload;
    DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = HidInternalDeviceControl;
    DriverObject->MajorFunction[IRP_MJ_PNP] = HidPnP;
    DriverObject->MajorFunction[IRP_MJ_POWER] = HidPower;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = HidPassThrough;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HidPassThrough;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HidPassThrough;

    RtlZeroMemory(&registration, sizeof(registration));
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(DEVICE_EXTENSION);
    registration.DevicesArePolled = FALSE;

    // the last step that can fail: there is no way to undo it
    status = HidRegisterMinidriver(&registration);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
NTSTATUS HidAddDevice(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PDEVICE_OBJECT PhysicalDeviceObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    // hidclass passes the device object that it created for the device
    ExAcquireFastMutex(&DeviceLock);
    InsertTailList(&DeviceList, &ExtensionOf(PhysicalDeviceObject)->Link);
    ExReleaseFastMutex(&DeviceLock);
    PhysicalDeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID HidUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    // hidclass calls it before its own unload routine ends
}

_Use_decl_annotations_
NTSTATUS HidInternalDeviceControl(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    // answer IOCTL_HID_GET_DEVICE_DESCRIPTOR and its like
    Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
NTSTATUS HidPnP(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp)
{
    // start the device here
    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_REMOVE_DEVICE) {
        ExAcquireFastMutex(&DeviceLock);
        RemoveEntryList(&ExtensionOf(DeviceObject)->Link);
        ExReleaseFastMutex(&DeviceLock);
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(((PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension)->NextDeviceObject, Irp);
}

_Use_decl_annotations_
NTSTATUS HidPower(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp)
{
    PoStartNextPowerIrp(Irp);
    IoSkipCurrentIrpStackLocation(Irp);
    return PoCallDriver(((PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension)->NextDeviceObject, Irp);
}

_Use_decl_annotations_
NTSTATUS HidPassThrough(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp)
{
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(((PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension)->NextDeviceObject, Irp);
}

// A HID minidriver for devices whose own driver sits below and answers the HID requests: all requests pass through.

#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE BridgeAddDevice;
DRIVER_UNLOAD BridgeUnload;

_Dispatch_type_(IRP_MJ_CREATE)
_Dispatch_type_(IRP_MJ_CLOSE)
DRIVER_DISPATCH BridgeCreateClose;

_Dispatch_type_(IRP_MJ_INTERNAL_DEVICE_CONTROL)
_Dispatch_type_(IRP_MJ_SYSTEM_CONTROL)
DRIVER_DISPATCH BridgePassDown;

_Dispatch_type_(IRP_MJ_PNP)
DRIVER_DISPATCH BridgePnp;

_Dispatch_type_(IRP_MJ_POWER)
DRIVER_DISPATCH BridgePower;

#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, BridgeAddDevice)
#pragma alloc_text(PAGE, BridgeUnload)
#pragma alloc_text(PAGE, BridgeCreateClose)

// What hidclass keeps for us in each device object.
typedef struct _BRIDGE_DEVICE {
    BOOLEAN Started;
} BRIDGE_DEVICE, *PBRIDGE_DEVICE;

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    HID_MINIDRIVER_REGISTRATION registration;
    NTSTATUS status;

    // hidclass saves these entries when we register and puts its own in their place.
    DriverObject->MajorFunction[IRP_MJ_CREATE] = BridgeCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = BridgeCreateClose;
    DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = BridgePassDown;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = BridgePassDown;
    DriverObject->MajorFunction[IRP_MJ_PNP] = BridgePnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = BridgePower;
    DriverObject->DriverExtension->AddDevice = BridgeAddDevice;
    DriverObject->DriverUnload = BridgeUnload;

    RtlZeroMemory(&registration, sizeof(registration));
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(BRIDGE_DEVICE);
    registration.DevicesArePolled = FALSE;

    // The last step, because there is no call that takes it back.
    status = HidRegisterMinidriver(&registration);
    if (!NT_SUCCESS(status)) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "Bridge: hidclass refused: 0x%08x\n", status);
    }
    return status;
}

_Use_decl_annotations_
VOID
BridgeUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    // hidclass calls this from its own unload routine, which takes the registration back.
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();
}

_Use_decl_annotations_
NTSTATUS
BridgeAddDevice(
    PDRIVER_OBJECT DriverObject,
    PDEVICE_OBJECT FunctionalDeviceObject
    )
{
    PHID_DEVICE_EXTENSION extension = (PHID_DEVICE_EXTENSION)FunctionalDeviceObject->DeviceExtension;
    PBRIDGE_DEVICE device = (PBRIDGE_DEVICE)extension->MiniDeviceExtension;

    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();

    // hidclass has created this device object and attached it to the stack already.
    device->Started = FALSE;
    FunctionalDeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
NTSTATUS
BridgeCreateClose(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);
    PAGED_CODE();

    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
NTSTATUS
BridgePassDown(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PHID_DEVICE_EXTENSION extension = (PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension;

    // hidclass may have set a completion routine in our stack location, so it is copied and not skipped.
    IoCopyCurrentIrpStackLocationToNext(Irp);
    return IoCallDriver(extension->NextDeviceObject, Irp);
}

_Use_decl_annotations_
NTSTATUS
BridgePnp(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PHID_DEVICE_EXTENSION extension = (PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension;
    PBRIDGE_DEVICE device = (PBRIDGE_DEVICE)extension->MiniDeviceExtension;

    switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
    case IRP_MN_START_DEVICE:
        device->Started = TRUE;
        break;

    case IRP_MN_STOP_DEVICE:
    case IRP_MN_SURPRISE_REMOVAL:
    case IRP_MN_REMOVE_DEVICE:
        device->Started = FALSE;
        break;

    default:
        break;
    }

    IoCopyCurrentIrpStackLocationToNext(Irp);
    return IoCallDriver(extension->NextDeviceObject, Irp);
}

_Use_decl_annotations_
NTSTATUS
BridgePower(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PHID_DEVICE_EXTENSION extension = (PHID_DEVICE_EXTENSION)DeviceObject->DeviceExtension;

    PoStartNextPowerIrp(Irp);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    return PoCallDriver(extension->NextDeviceObject, Irp);
}
